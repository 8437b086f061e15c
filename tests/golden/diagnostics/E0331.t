Archives that are cut off, lead out of themselves, name an entry twice, and claim more than they can hold.

  $ keras hgq_dense model.keras
  $ head -c 2000 model.keras >cut.keras
  $ lutra inspect cut.keras
  error[E0331]: cut.keras: it is no zip archive, or was cut off
    help: save the model again
  [1]
  $ python3 -c '
  > import zipfile
  > with zipfile.ZipFile("out.keras", "w") as archive:
  >     archive.writestr("config.json", "{}")
  >     archive.writestr("../model.weights.h5", "")
  > '
  $ lutra inspect out.keras
  error[E0331]: out.keras: the name of entry 1 leads out of the archive or is no plain path: '../model.weights.h5'
    help: such an archive is hostile or damaged; do not use it
  [1]
  $ python3 -W ignore -c '
  > import zipfile
  > with zipfile.ZipFile("twice.keras", "w") as archive:
  >     archive.writestr("config.json", "{}")
  >     archive.writestr("config.json", "[]")
  > '
  $ lutra inspect twice.keras
  error[E0331]: twice.keras: it has two entries of the name 'config.json'
    help: such an archive is hostile or damaged; do not use it
  [1]
  $ python3 -c '
  > import zipfile
  > with zipfile.ZipFile("bomb.keras", "w", zipfile.ZIP_DEFLATED) as archive:
  >     archive.writestr("config.json", " " * (80 << 20))
  > '
  $ lutra inspect bomb.keras
  error[E0331]: bomb.keras: its 81660 bytes claim to unpack to more than 67108864
    help: store the model without compression if it is that large
  [1]

A zip archive that is no Keras model.

  $ python3 -c '
  > import zipfile
  > with zipfile.ZipFile("other.keras", "w") as archive:
  >     archive.writestr("data.txt", "1")
  > '
  $ lutra inspect other.keras
  error[E0331]: other.keras: it has no entry 'config.json'
    help: save the model again
  [1]
