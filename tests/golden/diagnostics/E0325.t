A file whose estimator was never fitted, and one that lost an array.

  $ python3 -c '
  > import zipfile
  > with zipfile.ZipFile("empty.skops", "w") as archive:
  >     archive.writestr("schema.json", """{"__class__": "LinearRegression", "__loader__": "ObjectNode", "content": {"__loader__": "DictNode", "content": {}}}""")
  > '
  $ lutra inspect empty.skops
  error[E0325]: empty.skops: its first estimator does not say how many features it has: it is not fitted
    help: save the estimator again with skops.io.dump
  [1]
  $ python3 -c '
  > import json, os, zipfile
  > with zipfile.ZipFile(os.environ["LUTRA_SOURCE"] + "/tests/golden/sklearn/linear.skops") as model, zipfile.ZipFile("lost.skops", "w") as archive:
  >     schema = json.loads(model.read("schema.json"))
  >     del schema["content"]["content"]["coef_"]
  >     archive.writestr("schema.json", json.dumps(schema))
  > '
  $ lutra inspect lost.skops
  error[E0325]: lost.skops: its coef_ is no array
    help: save the estimator again with skops.io.dump
  [1]
