A convolution among the layers, and a batch normalisation that trains.

  $ python3 -c '
  > import json, os, zipfile
  > with zipfile.ZipFile(os.environ["LUTRA_SOURCE"] + "/tests/golden/torch/tagger.pt2") as net, zipfile.ZipFile("net.pt2", "w") as archive:
  >     for name in net.namelist():
  >         content = net.read(name)
  >         if name.endswith("models/model.json"):
  >             program = json.loads(content)
  >             nodes = program["graph_module"]["graph"]["nodes"]
  >             nodes[0]["target"] = "torch.ops.aten.conv1d.default"
  >             nodes[0]["metadata"]["nn_module_stack"] = "L__self___features_conv,features.conv,torch.nn.modules.conv.Conv1d"
  >             nodes[1]["inputs"][5]["arg"]["as_bool"] = True
  >             content = json.dumps(program)
  >         archive.writestr(name, content)
  > '
  $ lutra inspect net.pt2
  unsupported[E0322]: net.pt2: node 'features.conv' (aten.conv1d.default): aten.conv1d.default is not supported
    help: convolutions are not supported yet; fully connected layers are (torch.nn.Linear)
  unsupported[E0322]: net.pt2: node '1' (aten.batch_norm.default): it is in training mode
    help: call eval() on the net before torch.export.export
  [1]
