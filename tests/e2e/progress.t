A bar is drawn on a terminal when the work takes more than a second; never into a file or a pipe.

  $ { head -c 12800000 /dev/zero; } | npy x.npy '<f4' '(200000, 16)'
  $ jets ternary tagger.onnx
  $ cat >terminal.py <<'END'
  > import os, pty, sys
  > output = open(sys.argv[1], "wb")
  > def keep(descriptor):
  >     data = os.read(descriptor, 65536)
  >     output.write(data)
  >     return b""
  > pty.spawn(sys.argv[2:], keep)
  > END
  $ python3 terminal.py log lutra run tagger.onnx --jobs 1 --target reference --input x.npy </dev/null
  $ tr '\r' '\n' <log | grep -o '[a-z ]* \[#*\.*\] [0-9]*/200000' | sed 's/[#.0-9]*//g' | uniq
  running events [] /
  $ lutra run tagger.onnx --jobs 1 --target reference --input x.npy 2>&1 | sed 's/in .*/in T/' | cat -v
  200000 events in T
  $ python3 terminal.py log lutra run -q tagger.onnx --jobs 1 --target reference --input x.npy </dev/null
  $ cat -v log
