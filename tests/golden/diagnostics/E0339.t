A folder that TensorFlow wrote.

  $ mkdir tagger
  $ : >tagger/saved_model.pb
  $ lutra inspect tagger
  unsupported[E0339]: tagger: this is a SavedModel, a program of TensorFlow operations
    help: convert it: python -m tf2onnx.convert --saved-model FOLDER --output model.onnx; or save the Keras model as .keras
  [1]
