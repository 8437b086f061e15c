A file that begins like HDF5 and is none.

  $ printf '\211HDF\r\n\032\n and nothing of use behind it' >model.h5
  $ lutra inspect model.h5
  error[E0333]: model.h5: the HDF5 file cannot be read: it is damaged or no HDF5 file
    help: save the model again
  [1]
