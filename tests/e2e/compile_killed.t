However early the process dies, the folder is there whole or not at all.

  $ jets float tagger.onnx
  $ whole() { (cd "$1" && find . -type f | sort | xargs tail -n +1 | cksum); }
  $ lutra compile -q tagger.onnx -o new --precision 'fixed<14,6>'
  $ for t in $(seq 0.01 0.03 0.35); do
  >     timeout -s KILL $t lutra compile -q tagger.onnx -o killed --precision 'fixed<14,6>'
  >     ! [ -e killed ] || [ "$(whole killed)" = "$(whole new)" ] || echo "damaged after $t s"
  > done 2>/dev/null

A folder that was there is never missing: it is the old one or the new one.

  $ lutra compile -q tagger.onnx -o old --precision 'fixed<13,6>'
  $ for t in $(seq 0.01 0.03 0.35); do
  >     rm -rf replaced && cp -r old replaced
  >     timeout -s KILL $t lutra compile -q tagger.onnx -o replaced --precision 'fixed<14,6>'
  >     [ "$(whole replaced)" = "$(whole new)" ] || [ "$(whole replaced)" = "$(whole old)" ] || echo "damaged after $t s"
  > done 2>/dev/null
