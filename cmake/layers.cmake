# The layers of src/lutra and what each may include, lowest first: "layer: layers it needs".
# A layer may include itself, the layers named here, and all that those need in turn.
# Read by the build (link dependencies) and by tests/layering (scans every #include).
set(LUTRA_LAYERS
    "base:"
    "num: base"
    "circuit: num"
    "ir: circuit"
    "ops: ir"
    "passes: ops"
    "quantize: passes stream"
    "lower: ops"
    "optimize: circuit"
    "import: ops"
    "emit: circuit target"
    "target: num"
    "flow: emit target stream"
    "stream: num"
    "report: import passes quantize lower optimize flow"
    "cli: report"
)
