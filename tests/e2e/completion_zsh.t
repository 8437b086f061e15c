The script in a real zsh, at a terminal of its own.

wants: zsh
  $ cat >try.zsh <<'END'
  > zmodload zsh/zpty
  > zpty shell zsh -f -i
  > zpty -w shell 'autoload -U compinit && compinit -u -D && source <(lutra completion zsh) && lutra() { print -r -- "$*" >>result }'
  > zpty -n -w shell $'lutra simulate --simulator ver\t design\n'
  > zpty -n -w shell $'lutra compl\t z\t\n'
  > zpty -n -w shell $'lutra synth --place\t\n'
  > zpty -w shell 'touch done'
  > for i in {1..100}; do
  >     [ -e done ] && break
  >     sleep 0.1
  > done
  > END
  $ zsh -f try.zsh && sed 's/  */ /g' result
  simulate --simulator verilator design
  completion zsh
  synth --place-and-route
