A quantiser that wraps around, with a scale that is not 2^n.

  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [1] }
  > %1 = quantize "coarse" (%0) { scale = 0.07, width = 6.0, signed = 1.0, overflow = "WRAP" }
  > output "y" = %1
  > END
  $ lutra compile model.lutra -o design --input-type 'fixed<30,8>'
  unsupported[E0405]: layer 'coarse': overflow WRAP with scales whose ratio is no integer times a power of two has no exact form
    help: use saturation, or power-of-two scales
  [1]
