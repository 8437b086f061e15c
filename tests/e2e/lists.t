The lists that the program can give of itself.

  $ lutra devices
  device      part                      family                LUT        FF    DSP   BRAM  LUT count  placement  timing
  ecp5-25     LFE5U-25F-6BG381C         ECP5                24288     24288     28     56  run        run        run
  ecp5-45     LFE5U-45F-6BG381C         ECP5                43848     43848     72    108  run        run        run
  ecp5-85     LFE5U-85F-6BG381C         ECP5                83640     83640    156    208  run        run        run
  ice40-hx8k  iCE40HX8K-CT256           iCE40                7680      7680      0     32  run        none       estimated
  xc7a100t    XC7A100T-1CSG324C         Xilinx 7            63400    126800    240    135  run        none       estimated
  xczu9eg     XCZU9EG-2FFVB1156E        UltraScale+        274080    548160   2520    912  run        none       estimated
  xcvu13p     XCVU13P-2FHGA2104E        UltraScale+       1728000   3456000  12288   2688  run        none       estimated
  lut4                                  LUT4                    0         0      0      0  run        none       none
  lut6                                  LUT6                    0         0      0      0  run        none       none
  $ lutra devices --json | keys
  [].bram
  [].dsp
  [].family
  [].ff
  [].lut
  [].lut_count
  [].lut_inputs
  [].name
  [].part
  [].placement
  [].timing
  $ lutra ops dense
  dense                 y[j] = sum_i x[i] * weights[i, j] + bias[j]
      weights             tensor
      bias                tensor
  $ lutra ops | wc -l | xargs test 20 -le
  $ lutra ops --json | keys | grep -v '\[\].attributes\.'
  [].max_inputs
  [].min_inputs
  [].name
  [].summary
  $ lutra version
  lutra 0.1.0
  $ lutra version --json | keys
  lutra
  $ lutra --version
  0.1.0

Each command has its help with an example, and says what it is in one line of the list.

  $ for command in compile run simulate synth verify prove inspect convert ops devices explain completion version; do
  >     lutra $command --help | grep -q "^  lutra $command" || echo "no example of $command"
  >     lutra --help | grep -q "^  $command  *[a-z]" || echo "no line on $command"
  > done
