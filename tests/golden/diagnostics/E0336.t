Options that are not supported.

  $ keras hgq_dense model.keras '"activation": "relu"' '"activation": "mine"'
  $ lutra inspect model.keras
  unsupported[E0336]: model.keras: layer 'q_dense' (QDense): its activation 'mine' is not supported
    help: use one of celu, elu, exponential, gelu, hard_sigmoid, hard_silu, hard_swish, hard_tanh, leaky_relu, linear, log_sigmoid, mish, relu, relu6, selu, sigmoid, silu, soft_shrink, softmax, softplus, softsign, sparse_sigmoid, swish, tanh, tanh_shrink, ternary_tanh
  [1]
  $ keras hgq_dense model.keras '"use_bias": true' '"use_bias": true, "sparsity": 2'
  $ lutra inspect model.keras
  unsupported[E0336]: model.keras: layer 'q_dense' (QDense): its option 'sparsity' is not known
    help: save the model without it, or with a version of the library that does not write it
  [1]
