# The layers of src/lutra and what each may include, lowest first: "layer: layers it needs".
# A layer may include itself, the layers named here, and all that those need in turn.
# Read by the build (link dependencies) and by tests/layering (scans every #include).
set(LUTRA_LAYERS
    "base:"
    "num: base"
    "target: num"
    "stream: num"
    "circuit: num"
    "optimize: circuit target"
    "netlist: base"
    "prove: circuit netlist"
    "map: optimize netlist target"
    "emit: circuit target netlist"
    "flow: target emit stream"
    "ir: circuit"
    "ops: ir"
    "passes: ops"
    "lower: ops"
    "quantize: passes lower stream"
    "import: ops stream"
    "report: flow lower"
    "compile: report import quantize optimize map flow prove"
    "cli: compile"
)
