Models and data that are cut off or changed anywhere: always a message and exit code 1, or a valid result; never a crash.

  $ jets quantised tagger.onnx
  $ lutra convert -q tagger.onnx tagger.lutra
  $ head -c 1600 "$LUTRA_SOURCE/examples/jets/data/jets_x.npy" | tail -c +129 | head -c 640 | npy x.npy '<f4' '(10, 16)'
  $ attempt() { timeout 20 "$@" >/dev/null 2>messages; local code=$?; [ $code = 0 ] || { [ $code = 1 ] && grep -q '^\(error\|unsupported\)\[E[0-9]*\]: ' messages; } || echo "exit code $code: $*"; }
  $ for size in 0 1 2 3 7 8 20 100 500 1000 5000 20000; do
  >     for model in tagger.onnx tagger.lutra; do
  >         head -c $size $model >cut && attempt lutra inspect cut
  >     done
  >     head -c $size x.npy >cut.npy && attempt lutra run tagger.onnx --input cut.npy
  > done
  $ damage() { python3 -c '
  > import random, sys
  > data = bytearray(open(sys.argv[1], "rb").read())
  > dice = random.Random(int(sys.argv[3]))
  > for _ in range(3):
  >     data[dice.randrange(len(data))] = dice.randrange(256)
  > open(sys.argv[2], "wb").write(data)' "$@"; }
  $ for seed in 1 2 3 4 5 6 7 8 9 10 11 12; do
  >     for model in tagger.onnx tagger.lutra; do
  >         damage $model damaged $seed && attempt lutra inspect damaged
  >     done
  >     damage x.npy damaged.npy $seed && attempt lutra run tagger.onnx --input damaged.npy
  > done

Design folders of which a part is missing or no report.

  $ program yosys <<END
  > echo 'Yosys 0.55'
  > END
  $ PATH=$PWD/bin:$PATH
  $ lutra compile -q tagger.onnx -o design
  $ for part in report.json model.lutra; do
  >     cp -r design broken && rm -r broken/$part
  >     attempt lutra simulate broken; lutra run broken --input x.npy; lutra inspect broken
  >     rm -r broken
  > done
  error[E0102]: broken: the file cannot be read: it is not a regular file
    help: check that it is a regular file and that you may read it
  error[E0102]: broken: the file cannot be read: it is not a regular file
    help: check that it is a regular file and that you may read it
  error[E0101]: broken/model.lutra: the file does not exist
    help: check the path
  error[E0101]: broken/model.lutra: the file does not exist
    help: check the path
  $ for text in '' '{}' '[]' '{"model": 3}' 'null'; do
  >     cp -r design broken && echo "$text" >broken/report.json
  >     attempt lutra run broken --input x.npy; attempt lutra inspect broken; attempt lutra synth broken; attempt lutra simulate broken
  >     rm -r broken
  > done
