Weights of another model.

  $ keras hgq_dense model.keras '"units": 5' '"units": 6'
  $ lutra inspect model.keras
  error[E0337]: model.keras: layer 'q_dense' (QDense): its kernel has the shape 6x5, not 6x6
    help: give the weights that were saved with this configuration
  [1]
  $ keras hgq_dense model.keras '"use_bias": true' '"use_bias": false'
  $ lutra inspect model.keras
  error[E0337]: model.keras: layer 'q_dense' (QDense): it has more than its 3 weights: 'layers/q_dense/vars/3'
    help: give the weights that were saved with this configuration
  [1]
