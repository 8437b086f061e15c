#include "cases.h"

namespace lutra::conformance {

std::vector<Case> abs_cases();
std::vector<Case> add_cases();
std::vector<Case> argmax_cases();
std::vector<Case> batch_normalization_cases();
std::vector<Case> bipolar_cases();
std::vector<Case> broadcast_cases();
std::vector<Case> clip_cases();
std::vector<Case> concat_cases();
std::vector<Case> constant_cases();
std::vector<Case> dense_cases();
std::vector<Case> einsum_cases();
std::vector<Case> elu_cases();
std::vector<Case> embedding_cases();
std::vector<Case> erf_cases();
std::vector<Case> exp_cases();
std::vector<Case> flatten_cases();
std::vector<Case> gelu_cases();
std::vector<Case> input_cases();
std::vector<Case> layer_normalization_cases();
std::vector<Case> leaky_relu_cases();
std::vector<Case> less_cases();
std::vector<Case> log_cases();
std::vector<Case> log_softmax_cases();
std::vector<Case> maximum_cases();
std::vector<Case> minimum_cases();
std::vector<Case> mish_cases();
std::vector<Case> multiply_cases();
std::vector<Case> prelu_cases();
std::vector<Case> quantize_cases();
std::vector<Case> reciprocal_cases();
std::vector<Case> reduce_max_cases();
std::vector<Case> reduce_min_cases();
std::vector<Case> relu_cases();
std::vector<Case> reshape_cases();
std::vector<Case> rms_normalization_cases();
std::vector<Case> rsqrt_cases();
std::vector<Case> sigmoid_cases();
std::vector<Case> silu_cases();
std::vector<Case> slice_cases();
std::vector<Case> softmax_cases();
std::vector<Case> softplus_cases();
std::vector<Case> softsign_cases();
std::vector<Case> sqrt_cases();
std::vector<Case> subtract_cases();
std::vector<Case> table_sum_cases();
std::vector<Case> tanh_cases();
std::vector<Case> ternary_cases();
std::vector<Case> thresholded_relu_cases();
std::vector<Case> transpose_cases();
std::vector<Case> where_cases();

std::vector<Case> all_cases() {
    std::vector<Case> cases;
    constexpr std::array makers = {
        abs_cases,
        add_cases,
        argmax_cases,
        batch_normalization_cases,
        bipolar_cases,
        broadcast_cases,
        clip_cases,
        concat_cases,
        constant_cases,
        dense_cases,
        einsum_cases,
        elu_cases,
        embedding_cases,
        erf_cases,
        exp_cases,
        flatten_cases,
        gelu_cases,
        input_cases,
        layer_normalization_cases,
        leaky_relu_cases,
        less_cases,
        log_cases,
        log_softmax_cases,
        maximum_cases,
        minimum_cases,
        mish_cases,
        multiply_cases,
        prelu_cases,
        quantize_cases,
        reciprocal_cases,
        reduce_max_cases,
        reduce_min_cases,
        relu_cases,
        reshape_cases,
        rms_normalization_cases,
        rsqrt_cases,
        sigmoid_cases,
        silu_cases,
        slice_cases,
        softmax_cases,
        softplus_cases,
        softsign_cases,
        sqrt_cases,
        subtract_cases,
        table_sum_cases,
        tanh_cases,
        ternary_cases,
        thresholded_relu_cases,
        transpose_cases,
        where_cases,
    };
    for (const auto make : makers) {
        std::ranges::move(make(), std::back_inserter(cases));
    }
    return cases;
}

}  // namespace lutra::conformance
