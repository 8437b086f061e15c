#include "lutra/import/sklearn/import_skops.h"

#include <fmt/format.h>

#include "lutra/base/file.h"
#include "lutra/import/onnx/import_onnx.h"
#include "lutra/import/sklearn/estimators.h"

namespace lutra {

namespace sklearn {

namespace {

/// An estimator with the name that its pipeline gives it.
struct Step {
    std::string name;
    const Json* object;
};

constexpr std::size_t most_steps = 1000;

/// The estimators of a file in their order, pipelines inside of pipelines opened.
Result<std::vector<Step>> steps_of(const SkopsFile& file) {
    std::vector<Step> steps;
    std::vector<Step> open = {{class_of(file.root()), &file.root()}};
    std::size_t num_opened = 0;
    while (!open.empty()) {
        const Step step = open.back();
        open.pop_back();
        if (++num_opened > most_steps) {
            return file.invalid(fmt::format("it has more than {} steps", most_steps));
        }
        if (class_of(*step.object) != "Pipeline") {
            steps.push_back(step);
            continue;
        }
        const auto tuples = file.elements(file.attribute(*step.object, "steps"));
        for (auto tuple = tuples.rbegin(); tuple != tuples.rend(); ++tuple) {
            const auto parts = file.elements(**tuple);
            const auto name = parts.size() == 2 ? file.string(*parts[0]) : std::nullopt;
            if (!name) {
                return file.invalid("a step of its pipeline is no pair of a name and an estimator");
            }
            const auto placeholder = file.string(*parts[1]);
            if (!placeholder || *placeholder != "passthrough") {
                open.push_back({*name, parts[1]});
            }
        }
    }
    return steps;
}

/// The number of features that the first estimator saw.
Result<std::int64_t> num_features(const SkopsFile& file, const std::vector<Step>& steps) {
    const auto count = file.number(file.attribute(*steps[0].object, "n_features_in_"));
    if (!count || *count < 1 || *count > static_cast<double>(max_elements)) {
        return file.invalid("its first estimator does not say how many features it has: it is not fitted");
    }
    return static_cast<std::int64_t>(*count);
}

/// What a classifier's output means.
void note_classes(const SkopsFile& file, const Step& last, const std::string& place, Diagnostics& problems) {
    const bool has_classes = !file.attribute(*last.object, "classes_").is_null();
    if (has_classes) {
        const bool is_decision = !gives_probabilities(file, *last.object);
        problems.push_back({DiagnosticId::ImportDecision, fmt::format("{}: '{}'", place, last.name),
                            fmt::format("the output is that of {}, in the order of classes_; --decision argmax gives the index of the class",
                                        is_decision ? "decision_function" : "predict_proba"),
                            ""});
    }
}

Result<onnx::FileModel> spell_file(const SkopsFile& file, const std::string& place, onnx::ConstantBudget& budget, Diagnostics& problems) {
    LUTRA_TRY(const std::vector<Step> steps, steps_of(file));
    if (steps.empty() || class_of(*steps[0].object).empty()) {
        return file.invalid("its schema describes no estimator");
    }
    onnx::FileModel model;
    constexpr std::int64_t spelled_opset = 24;
    model.opsets[""] = spelled_opset;
    const auto version = file.string(file.attribute(*steps.back().object, "_sklearn_version"));
    model.producer = "scikit-learn" + (version ? " " + *version : std::string());
    for (const Step& step : steps) {
        if (find_speller(class_of(*step.object)) == nullptr) {
            problems.push_back({DiagnosticId::SklearnUnsupported, fmt::format("{}: '{}'", place, step.name),
                                fmt::format("{} is not supported", class_of(*step.object)), "these are: " + supported_estimators()});
        }
    }
    if (any_fatal(problems)) {
        return model;
    }
    LUTRA_TRY(const std::int64_t features, num_features(file, steps));
    model.inputs.push_back({"x", onnx::type_code_of(onnx::ElementType::Float64), true, {-1, features}});
    std::string value = "x";
    for (const Step& step : steps) {
        Estimator estimator(file, *step.object, step.name, model, budget, place);
        LUTRA_TRY(value, find_speller(class_of(*step.object))(estimator, value));
    }
    note_classes(file, steps.back(), place, problems);
    model.outputs.push_back(value);
    return model;
}

}  // namespace

}  // namespace sklearn

Results<ImportedModel> import_skops(std::string_view bytes, const std::filesystem::path& path, const ImportOptions& options) {
    const auto archive = Archive::open(bytes, path.string());
    if (!archive) {
        return std::unexpected(Diagnostics{archive.error()});
    }
    const auto file = sklearn::SkopsFile::open(*archive, path.string());
    if (!file) {
        return std::unexpected(Diagnostics{file.error()});
    }
    Diagnostics problems;
    onnx::ConstantBudget budget{options.max_constant_elements};
    const auto model = sklearn::spell_file(*file, path.string(), budget, problems);
    if (!model) {
        problems.push_back(model.error());
    }
    if (any_fatal(problems)) {
        return std::unexpected(std::move(problems));
    }
    auto graph = import_file_model(*model, path, options, budget, {});
    if (!graph) {
        return std::unexpected(std::move(graph).error());
    }
    for (Diagnostic& decision : problems) {
        graph->add_decision(std::move(decision));
    }
    return ImportedModel{*std::move(graph), std::string(to_string(ModelFormat::Skops)), model->producer, sha256_hex(bytes)};
}

Diagnostic refuse_pickle(const std::filesystem::path& path) {
    return {DiagnosticId::PickleRefused, path.string(), "this is a pickle, which would run code when loaded",
            "in Python, for a scikit-learn model with training data X:\n    import skops.io\n    skops.io.dump(model, \"model.skops\")"};
}

}  // namespace lutra
