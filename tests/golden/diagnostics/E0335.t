All layers that cannot be read are named at once.

  $ cat >model.json <<END
  > {"class_name": "Sequential", "config": {"name": "net", "layers": [
  >   {"class_name": "Conv2D", "config": {"name": "conv", "batch_input_shape": [null, 8, 8, 1]}},
  >   {"class_name": "MaxPooling2D", "config": {"name": "pool"}},
  >   {"class_name": "LSTM", "config": {"name": "memory"}},
  >   {"class_name": "Lambda", "config": {"name": "twice"}}
  > ]}}
  > END
  $ lutra inspect model.json
  unsupported[E0335]: model.json: layer 'conv' (Conv2D): Conv2D of Keras is not supported
    help: convolutions are not supported yet; nearest is Dense, which on the last axis is a convolution of one pixel, and behind a Flatten one of the whole image
  unsupported[E0335]: model.json: layer 'pool' (MaxPooling2D): MaxPooling2D of Keras is not supported
    help: pooling of windows is not supported yet; nearest is GlobalAveragePooling or GlobalMaxPooling over all positions, or Average and Maximum of several inputs
  unsupported[E0335]: model.json: layer 'memory' (LSTM): LSTM of Keras is not supported
    help: recurrent layers are not supported yet; nearest is Dense behind a Flatten of all steps
  unsupported[E0335]: model.json: layer 'twice' (Lambda): Lambda of Keras is not supported
    help: a Lambda holds Python code: use a layer that says what it does, such as Activation or Multiply
  [1]
