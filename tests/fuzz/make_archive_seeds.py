"""Makes the hostile archives of tests/fuzz/seeds/pt2 and tests/fuzz/seeds/skops from recorded models, and NAME.parts: a program or schema, a zero byte, and
a table of weights or an array, as fuzz_pt2 and fuzz_skops take them.

Usage: make_archive_seeds.py REPOSITORY. Needs Python alone. What the importers say to each archive is in tests/golden/hostile.
"""

import copy
import io
import json
import pathlib
import sys
import zipfile


def entries_of(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archive_of(entries):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries if isinstance(entries, list) else entries.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return content.getvalue()


class Archive:
    """A recorded archive that can be spoilt: `change` edits the JSON document of an entry."""

    def __init__(self, path):
        self.entries = entries_of(path)

    def name(self, ending):
        return next(name for name in self.entries if name.endswith(ending))

    def changed(self, ending, edit):
        document = json.loads(self.entries[self.name(ending)])
        edit(document)
        return archive_of(self.entries | {self.name(ending): json.dumps(document)})

    def replaced(self, ending, data):
        return archive_of(self.entries | {self.name(ending): data})


def nested(depth):
    return b"[" * depth + b"]" * depth


def pt2_seeds(recorded):
    net = Archive(recorded / "tagger.pt2")
    program, table = "models/model.json", "model_weights_config.json"

    def graph(edit):
        return net.changed(program, lambda document: edit(document["graph_module"]["graph"]))

    def weight(**changes):
        return net.changed(table, lambda document: document["config"]["0.weight"].update(changes))

    def meta(**changes):
        return net.changed(table, lambda document: document["config"]["0.weight"]["tensor_meta"].update(changes))

    whole = archive_of(net.entries)
    sizes = lambda *extents: [{"as_int": extent} for extent in extents]
    yield "truncated", whole[: len(whole) // 2]
    yield "no_program", archive_of({"a/archive_format": "pt2"})
    yield "two_programs", archive_of(net.entries | {"tagger/models/other.json": "{}"})
    yield "big_endian", net.replaced("byteorder", "big")
    yield "program_is_no_json", net.replaced(program, b"\x80\x02}q\x00.")
    yield "program_is_nested", net.replaced(program, nested(3000))
    yield "program_is_empty", net.replaced(program, "{}")
    yield "schema_of_the_future", net.changed(program, lambda document: document["schema_version"].update(major=99))
    yield "climbs_out", archive_of(net.entries | {"../weight_0": b"\0" * 8})
    yield "absolute_name", archive_of(net.entries | {"/etc/weight_0": b"\0" * 8})
    yield "names_twice", archive_of([*net.entries.items(), (net.name("weight_0"), b"\0" * 192)])
    yield "bomb", archive_of(net.entries | {net.name("weight_0"): b"\0" * (80 << 20)})
    yield "huge_sizes", meta(sizes=sizes(1 << 40, 1 << 40))
    yield "negative_size", meta(sizes=sizes(-8, 6))
    yield "many_axes", meta(sizes=sizes(*[1] * 200), strides=sizes(*[1] * 200))
    yield "expanded_weight", meta(sizes=sizes(1 << 20, 60), strides=sizes(0, 0))
    yield "strides_lead_out", meta(strides=sizes(1 << 62, 1))
    yield "offset_leads_out", meta(storage_offset={"as_int": 1 << 62})
    yield "unknown_scalar_type", meta(dtype=31)
    yield "pickled_weight", weight(use_pickle=True)
    yield "weight_elsewhere", weight(path_name="../../../etc/passwd")
    yield "weight_is_not_listed", net.changed(table, lambda document: document["config"].pop("0.weight"))
    yield "nan_weight", net.replaced("weight_0", b"\xff" * 192)
    yield "short_weight", net.replaced("weight_0", b"\0" * 100)
    yield "cycle", graph(lambda g: g["nodes"][0]["inputs"][0]["arg"]["as_tensor"].update(name="softmax"))
    yield "missing_tensor", graph(lambda g: g["nodes"][0]["inputs"][0]["arg"]["as_tensor"].update(name="nothing"))
    yield "unsupported_operators", graph(lambda g: [node.update(target=target) for node, target in zip(g["nodes"], ["torch.ops.aten.conv1d.default", "torch.ops.aten.lstm.input", "mine", 7])])
    yield "arguments_of_other_kinds", graph(lambda g: [entry.update(arg={"as_string": "much"}) for node in g["nodes"] for entry in node["inputs"]])
    yield "huge_input", graph(lambda g: g["tensor_values"]["input"].update(sizes=sizes(2, 1 << 40)))
    yield "input_of_many_symbols", graph(lambda g: g["tensor_values"]["input"].update(sizes=[{"as_expr": {}}] * 3))
    yield "no_outputs", net.changed(program, lambda document: document["graph_module"]["signature"].update(output_specs=[]))
    yield "trains", graph(lambda g: [entry.update(arg={"as_bool": True}) for node in g["nodes"] for entry in node["inputs"] if "as_bool" in entry["arg"]])


def skops_seeds(recorded):
    model = Archive(recorded / "components_linear.skops")

    def content(edit):
        return model.changed("schema.json", lambda schema: edit(schema["content"]["content"]["steps"]["content"]))

    def scaler(edit):
        return content(lambda steps: edit(steps[0]["content"][1]["content"]["content"]))

    def array_of(name):
        schema = json.loads(model.entries["schema.json"])
        return schema["content"]["content"]["steps"]["content"][0]["content"][1]["content"]["content"][name]["file"]

    def npy(shape, data, kind="<f8"):
        header = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
        return b"\x93NUMPY\x01\x00v\x00" + header.encode() + data

    whole = archive_of(model.entries)
    pipeline = {"__class__": "Pipeline", "content": {"content": {"steps": {"content": []}}}}
    cached = {"__loader__": "CachedNode", "__id__": 1}
    yield "truncated", whole[: len(whole) // 2]
    yield "schema_is_no_json", archive_of({"schema.json": b"\x80\x04."})
    yield "schema_is_nested", archive_of({"schema.json": nested(3000)})
    yield "schema_is_empty", archive_of({"schema.json": "{}"})
    yield "empty_pipeline", archive_of({"schema.json": json.dumps(pipeline)})
    yield "pipeline_in_itself", archive_of({"schema.json": json.dumps({"__id__": 1, "__class__": "Pipeline", "content": {"content": {"steps": {"content": [{"content": [{"__loader__": "JsonNode", "content": '"a"'}, cached]}]}}}})})
    yield "node_that_names_itself", archive_of({"schema.json": json.dumps(cached)})
    yield "unsupported_steps", content(lambda steps: [step["content"][1].update(__class__=name) for step, name in zip(steps, ["OneHotEncoder", "SVC"])])
    yield "step_without_name", content(lambda steps: steps[0]["content"].pop(0))
    yield "mean_is_missing", scaler(lambda attributes: attributes.pop("mean_"))
    yield "mean_is_elsewhere", scaler(lambda attributes: attributes["mean_"].update(file="../mean.npy"))
    yield "mean_is_text", scaler(lambda attributes: attributes.update(mean_={"__loader__": "JsonNode", "content": '"much"'}))
    yield "features_without_number", scaler(lambda attributes: attributes.update(n_features_in_={"__loader__": "JsonNode", "content": "1e300"}))
    yield "huge_array", model.replaced(array_of("mean_"), npy("(1099511627776, 1099511627776)", b"\0" * 8))
    yield "array_of_another_shape", model.replaced(array_of("mean_"), npy("(7,)", b"\0" * 56))
    yield "array_of_objects", model.replaced(array_of("mean_"), npy("(5,)", b"\x80\x04.", "|O"))
    yield "nan_array", model.replaced(array_of("mean_"), npy("(5,)", b"\xff" * 40))
    yield "zero_scale", model.replaced(array_of("scale_"), npy("(5,)", b"\0" * 40))
    yield "bomb", archive_of(model.entries | {array_of("mean_"): b"\0" * (80 << 20)})


def program_parts(recorded, name):
    """The program and the table, without what is not read, every weight in the one file that the fuzzer stores."""
    net = Archive(recorded / f"{name}.pt2")
    document = json.loads(net.entries[net.name("models/model.json")])
    table = json.loads(net.entries[net.name("model_weights_config.json")])
    module = document["graph_module"]
    for node in module["graph"]["nodes"]:
        node["metadata"] = {}
        node["outputs"] = node["outputs"]
    kept = {"graph_module": {"graph": {key: module["graph"][key] for key in ("nodes", "tensor_values")}, "signature": module["signature"]}, "schema_version": {"major": 8}}
    for values in [kept["graph_module"]["graph"]["tensor_values"], {key: entry["tensor_meta"] for key, entry in table["config"].items()}]:
        for value in values.values():
            for key in ("requires_grad", "device", "layout"):
                value.pop(key, None)
    for entry in table["config"].values():
        entry["path_name"] = "weight_0"
    compact = lambda value: json.dumps(value, separators=(",", ":")).encode()
    return compact(kept) + b"\0" + compact(table)


def schema_parts(recorded, name):
    """The schema with all arrays in the one file that the fuzzer stores, and one of the arrays."""
    model = Archive(recorded / f"{name}.skops")
    schema = json.loads(model.entries["schema.json"])

    def shorten(node):
        if isinstance(node, dict):
            for key in ("__id__", "__module__", "type", "is_json"):
                node.pop(key, None)
            if "file" in node:
                node["file"] = "0.npy"
        for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else []:
            shorten(child)

    shorten(schema)
    array = next(data for key, data in model.entries.items() if key.endswith(".npy"))
    return json.dumps(copy.deepcopy(schema), separators=(",", ":")).encode() + b"\0" + array


def main(repository):
    golden, seeds = repository / "tests/golden", repository / "tests/fuzz/seeds"
    parts = {"pt2": (program_parts, golden / "torch", ["branches", "images", "quantised", "selections", "more_functions", "products"]), "skops": (schema_parts, golden / "sklearn", ["scaled_mlp", "logistic", "components_linear", "logistic_one_against_rest", "descent_logistic"])}
    for format_name, make, recorded in (("pt2", pt2_seeds, golden / "torch"), ("skops", skops_seeds, golden / "sklearn")):
        folder = seeds / format_name
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for name, content in make(recorded):
            (folder / f"{name}.{format_name}").write_bytes(content)
        make_parts, source, names = parts[format_name]
        for name in names:
            (folder / f"{name}.parts").write_bytes(make_parts(source, name))
        print(f"{len(list(folder.iterdir()))} files, {sum(path.stat().st_size for path in folder.iterdir()) // 1000} kB in {folder}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
