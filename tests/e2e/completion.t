The script for bash is tried in the bash that runs this.

  $ eval "$(lutra completion bash)"
  $ try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _lutra; echo "${COMPREPLY[*]}"; }
  $ try lutra com
  compile completion
  $ try lutra compile --cl
  --clock-ns
  $ try lutra run --target ''
  interpreter reference
  $ try lutra convert net --format ''
  onnx keras keras-json h5 pt2 skops lutra
  $ try lutra inspect net --model-format k
  keras keras-json
  $ try lutra synth design --device ecp5
  ecp5-25 ecp5-45 ecp5-85
  $ try lutra explain E090
  E0901 E0902 E0903
  $ try lutra completion z
  zsh
  $ mkdir folder && touch tagger.onnx && try lutra compile t
  tagger.onnx
  $ complete -p lutra
  complete -o filenames -F _lutra lutra
  $ lutra completion bash --json | keys
  script
  shell
