# Functions that the transcripts use.

# onnx FILE: writes an ONNX model from its protobuf text on standard input; the fields are those of src/lutra/import/onnx/onnx.proto.
onnx() {
    protoc --proto_path="$LUTRA_SOURCE/src/lutra/import/onnx" --encode=lutra.onnx_file.Model onnx.proto >"$1"
}

# npy FILE DTYPE SHAPE: writes an array of the bytes on standard input, such as npy x.npy '|i1' '(2, 1)'.
npy() {
    {
        printf '\223NUMPY\1\0\166\0'
        printf '%-117s\n' "{'descr': '$2', 'fortran_order': False, 'shape': $3, }"
        cat
    } >"$1"
}

# program NAME: makes an executable file in ./bin from the shell script on standard input.
program() {
    mkdir -p bin
    { echo '#!/bin/sh'; cat; } >"bin/$1"
    chmod +x "bin/$1"
}

# jets NAME FILE: copies a model of the example.
jets() {
    cp "$LUTRA_SOURCE/examples/jets/models/jets_$1.onnx" "$2"
}

# check_sums DIR FILE: checks a certificate without the prover.
check_sums() {
    PYTHONDONTWRITEBYTECODE=1 python3 "$LUTRA_SOURCE/tools/certificate/check_sums.py" "$@"
}

# keys: prints the sorted paths of all keys of the JSON document on standard input; those of lists once, as [].
keys() {
    python3 -c '
import json, sys
def walk(value, path):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from walk(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and value and isinstance(value[0], (dict, list)):
        for inner in value:
            yield from walk(inner, path + "[]")
    else:
        yield path
for path in sorted(set(walk(json.load(sys.stdin), ""))):
    print(path)'
}

# keras NAME FILE [OLD NEW]: copies a recorded Keras model; with OLD and NEW that text of its configuration is replaced.
keras() {
    python3 - "$LUTRA_SOURCE/tests/golden/keras/$1.keras" "$2" "${3-}" "${4-}" <<'END'
import sys, zipfile
source, target, old, new = sys.argv[1:]
with zipfile.ZipFile(source) as model, zipfile.ZipFile(target, "w") as changed:
    for name in model.namelist():
        content = model.read(name)
        if name == "config.json" and old:
            assert old.encode() in content, old
            content = content.replace(old.encode(), new.encode())
        changed.writestr(name, content)
END
}
