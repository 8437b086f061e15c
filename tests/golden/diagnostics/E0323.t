What torch.save writes of a module and of a state_dict, and what torch.jit.save writes.

  $ python3 -c '
  > import zipfile
  > with zipfile.ZipFile("net.pt", "w") as archive:
  >     archive.writestr("net/data.pkl", b"\x80\x02ctorch.nn.modules.container\nSequential\n")
  > with zipfile.ZipFile("state.pt", "w") as archive:
  >     archive.writestr("state/data.pkl", b"\x80\x02ccollections\nOrderedDict\n")
  > with zipfile.ZipFile("script.pt", "w") as archive:
  >     archive.writestr("script/data.pkl", b"\x80\x02c__torch__.Net\nNet\n")
  >     archive.writestr("script/constants.pkl", b"\x80\x02).")
  > '
  $ lutra inspect net.pt
  unsupported[E0323]: net.pt: this is a pickled PyTorch object, which would run code when loaded
    help: in Python, with x a batch of one event:
      net = torch.load("net.pt", weights_only=False)
      torch.onnx.export(net.eval(), (x,), "model.onnx")
  [1]
  $ lutra inspect state.pt
  unsupported[E0323]: state.pt: this is a state_dict: weights without a net, stored as a pickle
    help: in Python, with x a batch of one event:
      net = Net(); net.load_state_dict(torch.load("state.pt"))  # Net: the class of the net
      torch.onnx.export(net.eval(), (x,), "model.onnx")
  [1]
  $ lutra inspect script.pt
  unsupported[E0323]: script.pt: this is TorchScript, a program that would have to be run
    help: in Python, with x a batch of one event:
      net = torch.jit.load("script.pt").eval()
      torch.onnx.export(net.eval(), (x,), "model.onnx", dynamo=False)
  [1]
