An archive without a program that is read, and one whose weight is cut short.

  $ python3 -c '
  > import zipfile
  > with zipfile.ZipFile("old.pt2", "w") as archive:
  >     archive.writestr("serialized_exported_program.json", "{}")
  > '
  $ lutra inspect old.pt2
  error[E0321]: old.pt2: the archive holds 0 programs; one is read
    help: save one program with torch.export.save of PyTorch 2.8 or newer
  [1]
  $ python3 -c '
  > import os, zipfile
  > with zipfile.ZipFile(os.environ["LUTRA_SOURCE"] + "/tests/golden/torch/tagger.pt2") as net, zipfile.ZipFile("short.pt2", "w") as archive:
  >     for name in net.namelist():
  >         archive.writestr(name, net.read(name)[:20] if name.endswith("weight_0") else net.read(name))
  > '
  $ lutra inspect short.pt2
  error[E0321]: short.pt2: tensor '0.weight': its shape 8x6 needs more elements than its file of 20 bytes holds, or than a model may have
    help: save the program again with torch.export.save
  [1]
