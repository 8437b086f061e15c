The text form and back: the same graph.

  $ jets quantised tagger.onnx
  $ lutra convert tagger.onnx tagger.lutra
  tagger.onnx: 12 layers written to tagger.lutra
  $ lutra convert -q tagger.lutra again.lutra
  $ sed '/^#/d' tagger.lutra >a && sed '/^#/d' again.lutra | cmp - a
  $ lutra convert --json tagger.onnx tagger.lutra | keys
  layers
  seconds.import

And the same numbers.

  $ X=$LUTRA_SOURCE/examples/jets/data/jets_x.npy
  $ lutra run -q tagger.onnx --input "$X" --output a.npy && lutra run -q tagger.lutra --input "$X" --output b.npy && cmp a.npy b.npy

A file whose content tells no format, or the wrong kind of archive: --format says what it is.

  $ { printf 'r\0'; cat tagger.onnx; } >metadata_first
  $ lutra convert metadata_first again.lutra
  error[E0301]: metadata_first: the content is no model that Lutra knows
    help: convert the model to ONNX
  [1]
  $ lutra convert -q metadata_first again.lutra --format onnx && sed '/^#/d' again.lutra | cmp - a
  $ lutra run -q metadata_first --format onnx --input "$X" --output b.npy && cmp a.npy b.npy
  $ lutra inspect metadata_first --model-format onnx --format json | keys | sed -n 1p
  decisions[].id
  $ lutra compile -q metadata_first --format onnx -o design && lutra inspect design | head -1
  layer        op                    type                              inputs
  $ keras keras3_dense net.keras && python3 -c 'import zipfile; zipfile.ZipFile("net.keras", "a").writestr("assets/data.pkl", "")'
  $ lutra convert net.keras net.lutra
  unsupported[E0323]: net.keras: this is a pickled PyTorch object, which would run code when loaded
    help: in Python, with x a batch of one event:
      net = torch.load("net.keras", weights_only=False)
      torch.onnx.export(net.eval(), (x,), "model.onnx")
  [1]
  $ lutra convert net.keras net.lutra --format keras
  net.keras: 2 layers written to net.lutra
  $ lutra convert net.keras net.lutra --format skops
  error[E0331]: net.keras: it has no entry 'schema.json'
    help: save the model again
  [1]
  $ lutra convert net.keras net.lutra --format xlsx
  error[E0901]: lutra convert: --format: xlsx not in {onnx,keras,keras-json,h5,pt2,skops,lutra}
    help: lutra convert --help shows how it is used
  [2]
