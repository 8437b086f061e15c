"""BinaryDense, TernaryDense and their activations for Keras 2, as the training code that came before QKeras had them; that code is in no package, so this follows
its published definitions: M. Courbariaux et al., "Binarized Neural Networks", arXiv:1602.02830, and F. Li et al., "Ternary Weight Networks", arXiv:1605.04711, with the
threshold H / 2. What only training sees (the straight-through gradient, the clipping of weights) is left out.
"""

import numpy as np
import tensorflow as tf
import tf_keras as keras


def binary_tanh(x):
    return 2 * tf.round(tf.clip_by_value(0.5 * x + 0.5, 0, 1)) - 1


def ternarized(x):
    return tf.where(x > 0.5, 1.0, tf.where(x <= -0.5, -1.0, 0.0))


def ternary_tanh(x):
    return ternarized(tf.clip_by_value(x, -1, 1))


class SignDense(keras.layers.Dense):
    """x times H * sign(kernel / H), plus the bias."""

    sign = None

    def __init__(self, units, H=1.0, kernel_lr_multiplier="Glorot", bias_lr_multiplier=None, **options):
        super().__init__(units, **options)
        self.H, self.kernel_lr_multiplier, self.bias_lr_multiplier = H, kernel_lr_multiplier, bias_lr_multiplier

    def build(self, shape):
        super().build(shape)
        self.scale = np.float32(np.sqrt(1.5 / (shape[-1] + self.units))) if self.H == "Glorot" else self.H

    def call(self, x):
        y = tf.matmul(x, self.scale * type(self).sign(self.kernel / self.scale))
        return self.activation(y + self.bias if self.use_bias else y)

    def get_config(self):
        return super().get_config() | {"H": self.H, "kernel_lr_multiplier": self.kernel_lr_multiplier, "bias_lr_multiplier": self.bias_lr_multiplier}


class BinaryDense(SignDense):
    sign = staticmethod(binary_tanh)


class TernaryDense(SignDense):
    sign = staticmethod(ternarized)


OBJECTS = {"BinaryDense": BinaryDense, "TernaryDense": TernaryDense, "binary_tanh": binary_tanh, "ternary_tanh": ternary_tanh}
