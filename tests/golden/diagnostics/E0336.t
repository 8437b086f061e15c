Options that are not supported.

  $ keras hgq_dense model.keras '"activation": "relu"' '"activation": "mine"'
  $ lutra inspect model.keras
  unsupported[E0336]: model.keras: layer 'q_dense' (QDense): its activation 'mine' is not supported
    help: use one of binary_tanh, celu, elu, exponential, gelu, glu, hard_shrink, hard_sigmoid, hard_silu, hard_swish, hard_tanh, leaky_relu, linear, log_sigmoid, log_softmax, mish, relu, relu6, selu, sigmoid, silu, soft_shrink, softmax, softplus, softsign, sparse_plus, sparse_sigmoid, squareplus, swish, tanh, tanh_shrink, ternary_tanh
  [1]
  $ keras hgq_dense model.keras '"use_bias": true' '"use_bias": true, "sparsity": 2'
  $ lutra inspect model.keras
  unsupported[E0336]: model.keras: layer 'q_dense' (QDense): its option 'sparsity' is not known
    help: save the model without it, or with a version of the library that does not write it
  [1]

Quantisers of QKeras that are no fixed-point types, and options that nothing here can follow.

  $ keras qkeras3_linear model.keras '"class_name": "quantized_linear"' '"class_name": "quantized_ulaw"'
  $ lutra inspect model.keras
  unsupported[E0336]: model.keras: layer 'q_activation' (QActivation): its activation 'quantized_ulaw' is not supported
    help: nearest is quantized_tanh, whose steps are all alike; supported are quantized_bits, quantized_linear, quantized_relu, quantized_tanh, quantized_sigmoid, binary, stochastic_binary, ternary, stochastic_ternary, quantized_po2, quantized_relu_po2
  unsupported[E0336]: model.keras: layer 'q_activation_1' (QActivation): its activation 'quantized_ulaw' is not supported
    help: nearest is quantized_tanh, whose steps are all alike; supported are quantized_bits, quantized_linear, quantized_relu, quantized_tanh, quantized_sigmoid, binary, stochastic_binary, ternary, stochastic_ternary, quantized_po2, quantized_relu_po2
  unsupported[E0336]: model.keras: layer 'q_activation_2' (QActivation): its activation 'quantized_ulaw' is not supported
    help: nearest is quantized_tanh, whose steps are all alike; supported are quantized_bits, quantized_linear, quantized_relu, quantized_tanh, quantized_sigmoid, binary, stochastic_binary, ternary, stochastic_ternary, quantized_po2, quantized_relu_po2
  unsupported[E0336]: model.keras: layer 'q_activation_3' (QActivation): its activation 'quantized_ulaw' is not supported
    help: nearest is quantized_tanh, whose steps are all alike; supported are quantized_bits, quantized_linear, quantized_relu, quantized_tanh, quantized_sigmoid, binary, stochastic_binary, ternary, stochastic_ternary, quantized_po2, quantized_relu_po2
  unsupported[E0336]: model.keras: layer 'q_activation_4' (QActivation): its activation 'quantized_ulaw' is not supported
    help: nearest is quantized_tanh, whose steps are all alike; supported are quantized_bits, quantized_linear, quantized_relu, quantized_tanh, quantized_sigmoid, binary, stochastic_binary, ternary, stochastic_ternary, quantized_po2, quantized_relu_po2
  [1]
  $ keras qkeras3_more_bits model.keras '"qnoise_factor": 1.0' '"qnoise_factor": 0.5'
  $ lutra inspect model.keras
  unsupported[E0336]: model.keras: layer 'q_activation' (QActivation): activation (quantized_bits): its option 'qnoise_factor' has a value that is not supported
    help: leave the option at its default
  unsupported[E0336]: model.keras: layer 'q_activation_1' (QActivation): activation (quantized_bits): its option 'qnoise_factor' has a value that is not supported
    help: leave the option at its default
  unsupported[E0336]: model.keras: layer 'q_activation_2' (QActivation): activation (quantized_bits): its option 'qnoise_factor' has a value that is not supported
    help: leave the option at its default
  unsupported[E0336]: model.keras: layer 'q_activation_3' (QActivation): activation (quantized_bits): its option 'qnoise_factor' has a value that is not supported
    help: leave the option at its default
  [1]
  $ keras qkeras3_dense_bits model.keras '"post_training_scale": null' '"post_training_scale": [0.5]'
  $ lutra inspect model.keras
  unsupported[E0336]: model.keras: layer 'q_dense' (QDense): kernel_quantizer (quantized_bits): its option 'post_training_scale' has a value that is not supported
    help: leave the option at its default
  unsupported[E0336]: model.keras: layer 'q_dense_1' (QDense): kernel_quantizer (quantized_bits): its option 'post_training_scale' has a value that is not supported
    help: leave the option at its default
  unsupported[E0336]: model.keras: layer 'q_dense_2' (QDense): kernel_quantizer (quantized_bits): its option 'post_training_scale' has a value that is not supported
    help: leave the option at its default
  unsupported[E0336]: model.keras: layer 'q_dense_3' (QDense): kernel_quantizer (quantized_bits): its option 'post_training_scale' has a value that is not supported
    help: leave the option at its default
  unsupported[E0336]: model.keras: layer 'q_dense_4' (QDense): kernel_quantizer (quantized_bits): its option 'post_training_scale' has a value that is not supported
    help: leave the option at its default
  [1]
  $ keras qkeras3_linear model.keras '"alpha": null' '"alpha": "auto"'
  $ lutra inspect model.keras
  unsupported[E0336]: model.keras: layer 'q_activation' (QActivation): its quantiser 'quantized_linear' scales activations by what the batch holds (alpha 'auto')
    help: give alpha=1, or a constant
  unsupported[E0336]: model.keras: layer 'q_activation_1' (QActivation): its quantiser 'quantized_linear' scales activations by what the batch holds (alpha 'auto')
    help: give alpha=1, or a constant
  unsupported[E0336]: model.keras: layer 'q_activation_2' (QActivation): its quantiser 'quantized_linear' scales activations by what the batch holds (alpha 'auto')
    help: give alpha=1, or a constant
  unsupported[E0336]: model.keras: layer 'q_activation_4' (QActivation): its quantiser 'quantized_linear' scales activations by what the batch holds (alpha 'auto')
    help: give alpha=1, or a constant
  [1]

Attention that returns its scores, and a quantiser of HGQ that is floating point.

  $ keras hgq_attention_causal model.keras '"use_causal_mask": true' '"return_attention_scores": true'
  $ lutra inspect model.keras
  unsupported[E0336]: model.keras: layer 'q_multi_head_attention' (QMultiHeadAttention): it returns its scores too
    help: leave return_attention_scores out
  [1]
  $ keras hgq_quantizer model.keras '"q_type": "kif"' '"q_type": "float"'
  $ lutra inspect model.keras
  unsupported[E0336]: model.keras: layer 'quantizer' (Quantizer): its quantiser 'config' is of type 'float'
    help: use fixed point: the types kif and kbi are supported
  [1]
