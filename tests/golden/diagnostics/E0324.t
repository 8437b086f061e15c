Any pickle.

  $ python3 -c 'import pickle; pickle.dump({"coef": [1, 2, 3]}, open("model.pkl", "wb"))'
  $ lutra inspect model.pkl
  unsupported[E0324]: model.pkl: this is a pickle, which would run code when loaded
    help: in Python, for a scikit-learn model with training data X:
      import skops.io
      skops.io.dump(model, "model.skops")
  [1]
