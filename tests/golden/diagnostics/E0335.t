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
    help: pooling of windows is not supported yet; nearest is GlobalAveragePooling or GlobalMaxPooling over all positions, or Add and Maximum of several inputs
  unsupported[E0335]: model.json: layer 'memory' (LSTM): LSTM of Keras is not supported
    help: recurrent layers are not supported yet; nearest is Dense behind a Flatten of all steps
  unsupported[E0335]: model.json: layer 'twice' (Lambda): Lambda of Keras is not supported
    help: a Lambda holds Python code: use a layer that says what it does, such as Activation or Multiply
  [1]

One layer of each kind that is not supported, of Keras and of HGQ.

  $ layers() {
  >     printf '{"class_name": "Sequential", "config": {"layers": [{"class_name": "InputLayer", "config": {"name": "input", "batch_shape": [null, 4]}}'
  >     for class in "$@"; do printf ', {"class_name": "%s", "module": "%s", "config": {"name": "the %s"}}' "$class" "$module" "$class"; done
  >     echo ']}}'
  > }
  $ module=keras.layers
  $ layers SeparableConv1D AveragePooling2D Bidirectional GroupQueryAttention Masking Lambda RandomFlip StringLookup UnitNormalization TimeDistributed UpSampling1D SpectralNormalization TFSMLayer MyTagger >model.json
  $ lutra inspect model.json
  unsupported[E0335]: model.json: layer 'the SeparableConv1D' (SeparableConv1D): SeparableConv1D of Keras is not supported
    help: convolutions are not supported yet; nearest is Dense, which on the last axis is a convolution of one pixel, and behind a Flatten one of the whole image
  unsupported[E0335]: model.json: layer 'the AveragePooling2D' (AveragePooling2D): AveragePooling2D of Keras is not supported
    help: pooling of windows is not supported yet; nearest is GlobalAveragePooling or GlobalMaxPooling over all positions, or Add and Maximum of several inputs
  unsupported[E0335]: model.json: layer 'the Bidirectional' (Bidirectional): Bidirectional of Keras is not supported
    help: recurrent layers are not supported yet; nearest is Dense behind a Flatten of all steps
  unsupported[E0335]: model.json: layer 'the GroupQueryAttention' (GroupQueryAttention): GroupQueryAttention of Keras is not supported
    help: nearest is MultiHeadAttention
  unsupported[E0335]: model.json: layer 'the Masking' (Masking): Masking of Keras is not supported
    help: masks that depend on data are not supported: multiply with an input that is the mask
  unsupported[E0335]: model.json: layer 'the Lambda' (Lambda): Lambda of Keras is not supported
    help: a Lambda holds Python code: use a layer that says what it does, such as Activation or Multiply
  unsupported[E0335]: model.json: layer 'the RandomFlip' (RandomFlip): RandomFlip of Keras is not supported
    help: it changes images or sounds before training: leave it out, and do it before the model
  unsupported[E0335]: model.json: layer 'the StringLookup' (StringLookup): StringLookup of Keras is not supported
    help: it makes numbers of words, categories or bins: do it before the model and give the numbers, or their indices to an Embedding
  unsupported[E0335]: model.json: layer 'the UnitNormalization' (UnitNormalization): UnitNormalization of Keras is not supported
    help: use BatchNormalization, whose statistics are constants, or LayerNormalization
  unsupported[E0335]: model.json: layer 'the TimeDistributed' (TimeDistributed): TimeDistributed of Keras is not supported
    help: nearest is the layer inside without the wrapper: Dense works on the last axis of any input
  unsupported[E0335]: model.json: layer 'the UpSampling1D' (UpSampling1D): UpSampling1D of Keras is not supported
    help: layers of images are not supported yet; nearest is Dense behind a Flatten of the image
  unsupported[E0335]: model.json: layer 'the SpectralNormalization' (SpectralNormalization): SpectralNormalization of Keras is not supported
    help: save the layer inside of it without the wrapper
  unsupported[E0335]: model.json: layer 'the TFSMLayer' (TFSMLayer): TFSMLayer of Keras is not supported
    help: it holds the code of another framework: export that one's model, as ONNX for example
  unsupported[E0335]: model.json: layer 'the MyTagger' (MyTagger): MyTagger of Keras is not supported
    help: of Keras these are supported: Activation, ActivityRegularization, Add, AdditiveAttention, AlphaDropout, Attention, Average, BatchNormalization, Concatenate, Dense, Dot, Dropout, ELU, EinsumDense, Embedding, Flatten, GaussianDropout, GaussianNoise, GlobalAveragePooling1D, GlobalAveragePooling2D, GlobalAveragePooling3D, GlobalMaxPooling1D, GlobalMaxPooling2D, GlobalMaxPooling3D, Identity, LayerNormalization, LeakyReLU, Maximum, Minimum, MultiHeadAttention, Multiply, Normalization, PReLU, Permute, RMSNormalization, ReLU, RepeatVector, Rescaling, Reshape, Softmax, SpatialDropout1D, SpatialDropout2D, SpatialDropout3D, Subtract, ThresholdedReLU, BinaryDense, TernaryDense
  [1]
  $ module=hgq.layers
  $ layers QConv1D QConvT2D QMaxPooling1D QGRU QLIF QSALTAttention QTagger >model.json
  $ lutra inspect model.json
  unsupported[E0335]: model.json: layer 'the QConv1D' (QConv1D): QConv1D of HGQ is not supported
    help: convolutions are not supported yet; nearest is QDense, which on the last axis is a convolution of one pixel, and behind a Flatten one of the whole image
  unsupported[E0335]: model.json: layer 'the QConvT2D' (QConvT2D): QConvT2D of HGQ is not supported
    help: convolutions are not supported yet; nearest is QDenseT behind a Flatten of the whole input
  unsupported[E0335]: model.json: layer 'the QMaxPooling1D' (QMaxPooling1D): QMaxPooling1D of HGQ is not supported
    help: pooling of windows is not supported yet; nearest is QGlobalAveragePooling or QGlobalMaxPooling over all positions, or QAdd and QMaximum of several inputs
  unsupported[E0335]: model.json: layer 'the QGRU' (QGRU): QGRU of HGQ is not supported
    help: recurrent layers are not supported yet; nearest is QDense behind a Flatten of all steps
  unsupported[E0335]: model.json: layer 'the QLIF' (QLIF): QLIF of HGQ is not supported
    help: spiking layers are not supported; nearest is QDense with the activation relu
  unsupported[E0335]: model.json: layer 'the QSALTAttention' (QSALTAttention): QSALTAttention of HGQ is not supported
    help: nearest is QLinformerAttention, which has no convolution of the scores
  unsupported[E0335]: model.json: layer 'the QTagger' (QTagger): QTagger of HGQ is not supported
    help: of HGQ these are supported: QAdd, QAffinedUnaryFunctionLUT, QAveragePow2, QBatchNormDense, QBatchNormalization, QDense, QDenseT, QDot, QEinsum, QEinsumDense, QEinsumDenseBatchnorm, QEinsumDenseT, QGlobalAveragePooling1D, QGlobalAveragePooling2D, QGlobalAveragePooling3D, QGlobalMaxPooling1D, QGlobalMaxPooling2D, QGlobalMaxPooling3D, QLinformerAttention, QLinformerAttentionT, QMaximum, QMeanPow2, QMinimum, QMultiHeadAttention, QMultiHeadAttentionT, QMultiply, QSoftmax, QSubtract, QSum, QUnaryFunctionLUT, Quantizer
  [1]
