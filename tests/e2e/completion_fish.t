The script in a real fish.

wants: fish
  $ export HOME=$PWD
  $ try() { fish --no-config -c "source (lutra completion fish | psub); complete -C '$1'" | cut -f1; }
  $ try 'lutra comp'
  compile
  completion
  $ try 'lutra simulate --simulator ver'
  verilator
  $ try 'lutra compile --device ecp5'
  ecp5-25
  ecp5-45
  ecp5-85
  $ try 'lutra synth --place'
  --place-and-route
  $ try 'lutra explain E090'
  E0901
  E0902
  E0903
