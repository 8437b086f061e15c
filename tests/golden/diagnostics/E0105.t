A folder of the user's own is never replaced.

  $ jets ternary tagger.onnx
  $ mkdir thesis && touch thesis/chapter.tex
  $ lutra compile -q tagger.onnx -o thesis
  error[E0105]: thesis: the folder is not empty and has no report.json, so Lutra did not write it
    help: name another folder, or empty this one
  [1]
  $ ls thesis
  chapter.tex
