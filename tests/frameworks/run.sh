#!/usr/bin/env bash
# Runs the real frameworks and compares with Lutra: installs them (pinned in requirements-*.txt; several gigabytes, once) into virtual
# environments in build/frameworks, lets each record its models anew into build/frameworks/recorded, and compares what Lutra computes for
# every model with what the framework computed. With LUTRA_DATA (default ../shared/data) also the real files there, on all events.
# PYTHON names another Python than python3. Status 3 when something differs; 0 when all agrees.
set -eu
cd "$(dirname "$0")/../.."
here=tests/frameworks
work=build/frameworks
recorded=$work/recorded
data=${LUTRA_DATA:-../shared/data}
# Sets of names keep their order, so that recording twice gives the same files.
export TF_CPP_MIN_LOG_LEVEL=3 CUDA_VISIBLE_DEVICES= PYTHONHASHSEED=0

# environment, with the back end of Keras behind a colon where it is not TensorFlow; script of the folder; folder of the recorded models (the last
# argument of the script); names of models where these alone are recorded
steps=(
    "torch record_onnx.py onnx"
    "torch record_torch_exports.py exports"
    "torch record_sklearn_exports.py exports"
    "keras record_keras_exports.py exports"
    "keras record_keras.py keras"
    "keras record_qkeras.py keras"
    "qkeras3 record_qkeras.py keras"
    "hgq record_hgq.py keras"
    "hgq:torch record_hgq.py keras tables_einsum_wide"
    "hgq record_hgq_qkeras.py keras"
    "hgq record_keras.py keras"
    "torch record_torch_programs.py torch"
    "torch record_skops.py sklearn"
)

# Makes the virtual environment of this name from requirements-NAME.txt and, without dependencies, requirements-NAME-alone.txt.
install() {
    venv=$work/$1
    lists=("$here/requirements-$1.txt")
    alone=$here/requirements-$1-alone.txt
    if [ -f "$alone" ]; then lists+=("$alone"); fi
    wanted=$(cat "${lists[@]}" | sha256sum)
    if [ "$(cat "$venv/stamp" 2>/dev/null)" = "$wanted" ]; then return; fi
    echo "frameworks: installing $here/requirements-$1.txt into $venv (minutes, gigabytes)"
    rm -rf "$venv"
    mkdir -p "$work"
    "${PYTHON:-python3}" -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements-$1.txt"
    if [ -f "$alone" ]; then "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --requirement "$alone"; fi
    echo "$wanted" >"$venv/stamp"
}

# Runs a script of the folder in an environment; its output goes to a log, which is shown when it fails.
record() {
    log=$work/$2.log
    backend=tensorflow
    if [[ $1 == *:* ]]; then backend=${1#*:}; fi
    set -- "${1%%:*}" "${@:2}"
    echo "frameworks: $2 runs in $work/$1"
    # The environment "keras" stands for Keras 2, "hgq" and "qkeras3" for Keras 3.
    legacy=1
    if [ "$1" = hgq ] || [ "$1" = qkeras3 ]; then legacy=0; fi
    if ! KERAS_BACKEND=$backend TF_USE_LEGACY_KERAS=$legacy "$work/$1/bin/python" -W ignore "$here/$2" "${@:3}" >"$log" 2>&1; then
        tail -20 "$log"
        echo "frameworks: $2 failed; the whole log is $log"
        exit 1
    fi
}

# Compares all models that a folder's cases.txt lists.
compare() {
    while read -r name tolerance; do
        model=$(ls "$1/$name".* | grep -v -e '\.npy$' -e '\.data$' -e '\.weights\.h5$')
        if ! build/release/tests/frameworks/compare_model "$tolerance" "$model" "$1/$name".x*.npy -- "$1/$name".y*.npy; then
            failures=$((failures + 1))
        fi
        models=$((models + 1))
    done <"$1/cases.txt"
}

tools/build.sh release compare_model test_frameworks
for step in "${steps[@]}"; do install "${step%%[ :]*}"; done
rm -rf $recorded
folders=()
for step in "${steps[@]}"; do
    read -r environment script folder names <<<"$step"
    record "$environment" "$script" "$recorded/$folder" $names
    if [[ " ${folders[*]} " != *" $folder "* ]]; then folders+=("$folder"); fi
done
models=0 failures=0
for folder in "${folders[@]}"; do compare "$recorded/$folder"; done
if [ -d "$data/models" ]; then
    record torch record_real_models.py "$data" $recorded/real_models
    record keras record_real_keras.py "$data" $recorded/real_models
    LUTRA_DATA=$data LUTRA_RECORDED=$PWD/$recorded/real_models build/release/tests/frameworks/test_frameworks --gtest_brief=1 --gtest_filter='RealModels.*:RealKeras.*:Acceptance.*' ||
        failures=$((failures + 1))
else
    echo "frameworks: no $data/models; the real files are left out (LUTRA_DATA names their folder)"
fi
echo "frameworks: $models models compared, $failures differ; recorded in $recorded"
[ $failures -eq 0 ] || exit 3
