The page of each diagnostic is what `lutra explain` prints.

  $ for page in "$LUTRA_SOURCE"/docs/diagnostics/*.md; do
  >     lutra explain "$(basename "$page" .md)" | cmp - "$page" || echo "$page"
  > done
  $ lutra explain e0903
  # E0903: no diagnostic has this id
  
  `lutra explain` was asked for an id that does not exist. Ids are an E and four digits, as in the brackets of a message.
  
      error[E0903]: E9999: no diagnostic has the id 'E9999'
        help: lutra explain lists all ids
  
  What to do: `lutra explain` without an id lists them all.

Without an id all are listed, each once.

  $ lutra explain | wc -l | xargs test "$(ls "$LUTRA_SOURCE/docs/diagnostics" | wc -l)" -eq
  $ lutra explain | head -n 3
  E0101  error        a file does not exist
  E0102  error        a file cannot be read
  E0103  error        a file is larger than its limit
  $ lutra explain --json | keys
  [].id
  [].severity
  [].title
  $ lutra explain --json E0101 | keys
  id
  text
