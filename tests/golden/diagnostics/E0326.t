A pipeline that ends in trees.

  $ python3 -c '
  > import zipfile
  > step = lambda name, kind: """{"__loader__": "TupleNode", "content": [{"__loader__": "JsonNode", "content": "\\"%s\\""}, {"__class__": "%s", "content": {"content": {}}}]}""" % (name, kind)
  > with zipfile.ZipFile("model.skops", "w") as archive:
  >     steps = ", ".join([step("scale", "StandardScaler"), step("trees", "RandomForestClassifier")])
  >     archive.writestr("schema.json", """{"__class__": "Pipeline", "content": {"content": {"steps": {"__loader__": "ListNode", "content": [%s]}}}}""" % steps)
  > '
  $ lutra inspect model.skops
  unsupported[E0326]: model.skops: 'trees': RandomForestClassifier is not supported
    help: these are: BayesianRidge, ElasticNet, HuberRegressor, Lasso, LinearRegression, LinearSVC, LinearSVR, LogisticRegression, LogisticRegressionCV, MLPClassifier, MLPRegressor, MaxAbsScaler, MinMaxScaler, OneVsRestClassifier, PCA, Perceptron, Ridge, RidgeClassifier, RobustScaler, SGDClassifier, SGDRegressor, StandardScaler
  [1]
