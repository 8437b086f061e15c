Entries of tables that lie on a tie.

  $ keras hgq_tables_tie model.keras
  $ lutra inspect model.keras | grep -A 1 E0340
  warning[E0340]: model.keras: layer 'q_dense_t' (QDenseT): 96 of its 192 table entries lie within the accuracy of single precision of a tie, so that frameworks may round them either way; here they are evaluated in double: edge (0, 0) at x = -3.5: -3.5 in units of 2^-1; edge (0, 0) at x = -2.5: -2.5 in units of 2^-1; edge (0, 0) at x = -1.5: -1.5 in units of 2^-1; edge (0, 0) at x = -0.5: -0.5 in units of 2^-1; edge (0, 0) at x = 0.5: 0.5 in units of 2^-1; edge (0, 0) at x = 1.5: 1.5 in units of 2^-1; edge (0, 0) at x = 2.5: 2.5 in units of 2^-1; edge (0, 0) at x = 3.5: 3.5 in units of 2^-1; and 88 more
  note[E0310]: model.keras: layer 'q_dense_t' (QDenseT): its inputs enter with the bits that the finest of their tables needs and one more, truncated; each table then rounds them to its own type
