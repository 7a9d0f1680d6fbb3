"""Several numbers side by side: cases that go through the same sums together, in the processor's vectors.

A row of an array whose last axis is `LANES` long is loaded as *lanes*, computed with like a number, and stored
again. In plain Python the same code runs on NumPy rows. What one lane holds never depends on another, down to
the last bit.

Plain loops over the lanes give the same numbers, but the compiler vectorises them poorly (for all it knows the
arrays overlap): a sum of products ran ten times as fast this way.
"""

# numba and llvmlite ship few types; what is built with them here is checked by running it.
# ruff: noqa: ANN401
# mypy: disable-error-code="no-untyped-call, import-untyped, call-overload, no-any-return"

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, Final, ParamSpec, TypeVar, cast

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.datamodel import models
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import lower_builtin, register_model

from bandwright.numerics.arrays import BoolArray, FloatArray, IntArray
from bandwright.numerics.kept import kept

Numbers = FloatArray | IntArray
P = ParamSpec("P")
T = TypeVar("T")

LANES: Final = 8
"""Numbers side by side: two of the widest registers, so that one sum need not wait for the last."""


def made_up(count: int) -> int:
    """So many numbers made up to whole vectors."""
    return -(-count // LANES) * LANES


def load(rows: FloatArray, row: int) -> FloatArray:
    """Row `row` of (m, LANES), which may be of single precision, as lanes."""
    return rows[row].astype(np.float64)


def store(rows: FloatArray, row: int, lanes: FloatArray) -> None:
    """Write lanes to row `row` of (m, LANES), which may be of single precision."""
    rows[row] = lanes


def entry(numbers: Numbers, at: int) -> Any:
    """A number of an array without gaps, `at` counting all of it row by row and never from its end."""
    return numbers.reshape(-1)[at]


def even(value: float) -> FloatArray:
    """The same number in every lane."""
    return np.full(LANES, value)


def choose(where: BoolArray, yes: FloatArray, no: FloatArray) -> FloatArray:
    """`yes` in the lanes where `where` holds, `no` elsewhere."""
    chosen: FloatArray = np.where(where, yes, no)
    return chosen


def least(a: FloatArray, b: FloatArray) -> FloatArray:
    """The smaller of two, lane by lane."""
    chosen: FloatArray = np.where(a < b, a, b)
    return chosen


def greatest(a: FloatArray, b: FloatArray) -> FloatArray:
    """The greater of two, lane by lane."""
    chosen: FloatArray = np.where(a > b, a, b)
    return chosen


def root(lanes: FloatArray) -> FloatArray:
    """Square root, lane by lane."""
    roots: FloatArray = np.sqrt(lanes)
    return roots


def some(where: BoolArray) -> bool:
    """Whether a condition holds in any lane."""
    return bool(where.any())


def sum_of(lanes: FloatArray) -> float:
    """The sum of all lanes, in an order of its own but always the same."""
    return float(np.sum(lanes))


def least_of(lanes: FloatArray) -> float:
    """The smallest of all lanes."""
    return float(np.min(lanes))


def greatest_of(lanes: FloatArray) -> float:
    """The greatest of all lanes."""
    return float(np.max(lanes))


def lanewise(function: Callable[P, T]) -> Callable[P, T]:
    """Compile a function of lanes for use by others; only one by `lanewise_entry` can be called from Python.

    It may allocate nothing. Then arrays need no counting of who holds them, which took a quarter of the time. Its
    lines stand in those of its caller: a call would hand over every number of every array, a tenth of the time.
    """
    wrapped = kept(
        function, {**_OPTIONS, "forceinline": True, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    )
    return cast("Callable[P, T]", wrapped)


def lanewise_entry(function: Callable[P, T]) -> Callable[P, T]:
    """Compile like `lanewise`, to be called from Python, other threads running meanwhile."""
    return cast("Callable[P, T]", kept(function, {**_OPTIONS, "nogil": True}))


_OPTIONS: Final[dict[str, Any]] = {"error_model": "numpy", "_nrt": False}


# What follows tells numba how to compile the above; numba and llvmlite ship no types.


class _LanesType(types.Type):
    def __init__(self) -> None:
        super().__init__(name=f"lanes{LANES}")


class _MaskType(types.Type):
    def __init__(self) -> None:
        super().__init__(name=f"mask{LANES}")


_FUSE: Final = ("contract", "nsz")
"""Products and sums may fuse; the order of sums stays as written."""
_VECTOR: Final = ir.VectorType(ir.DoubleType(), LANES)
_SINGLE: Final = ir.VectorType(ir.FloatType(), LANES)
_BITS: Final = ir.VectorType(ir.IntType(1), LANES)
_PLACES: Final = ir.VectorType(ir.IntType(32), LANES)
_L: Final = _LanesType()
_M: Final = _MaskType()


@register_model(_LanesType)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, dmm: Any, kind: Any) -> None:
        super().__init__(dmm, kind, _VECTOR)


@register_model(_MaskType)
class _MaskModel(models.PrimitiveModel):
    def __init__(self, dmm: Any, kind: Any) -> None:
        super().__init__(dmm, kind, _BITS)


def _compiles(function: Any, kinds: tuple[Any, ...], answer: Any, emit: Callable[..., Any]) -> None:
    """Let numba compile `function` of arguments of these kinds by `emit(context, builder, signature, values)`."""

    class Template(AbstractTemplate):
        def generic(self, args: tuple[Any, ...], kws: Any) -> Any:
            del kws
            same = len(args) == len(kinds)
            if same and all(isinstance(one, kind) for one, kind in zip(args, kinds, strict=True)):
                return signature(answer, *args)
            return None

    infer_global(function)(Template)
    lower_builtin(function, *kinds)(emit)


def _spread(builder: Any, value: Any) -> Any:
    """One number copied to every lane."""
    none = ir.Constant(_VECTOR, ir.Undefined)
    first = builder.insert_element(none, value, ir.Constant(ir.IntType(32), 0))
    return builder.shuffle_vector(first, none, ir.Constant(_PLACES, [0] * LANES))


def _address(context: Any, builder: Any, kinds: Any, values: Any) -> Any:
    """Where a row of lanes lies; rows follow each other without gaps."""
    array = context.make_array(kinds[0])(context, builder, values[0])
    row = context.cast(builder, values[1], kinds[1], types.intp)
    kept = _SINGLE if kinds[0].dtype == types.float32 else _VECTOR
    return builder.gep(builder.bitcast(array.data, kept.as_pointer()), [row])


def _load(context: Any, builder: Any, sig: Any, values: Any) -> Any:
    kept = builder.load(_address(context, builder, sig.args, values), align=4)
    return builder.fpext(kept, _VECTOR) if kept.type == _SINGLE else kept


def _store(context: Any, builder: Any, sig: Any, values: Any) -> Any:
    address = _address(context, builder, sig.args, values)
    single = address.type.pointee == _SINGLE
    builder.store(builder.fptrunc(values[2], _SINGLE) if single else values[2], address, align=4)
    return context.get_dummy_value()


def _entry(context: Any, builder: Any, sig: Any, values: Any) -> Any:
    array = context.make_array(sig.args[0])(context, builder, values[0])
    at = context.cast(builder, values[1], sig.args[1], types.intp)
    return builder.load(builder.gep(array.data, [at]))


def _even(context: Any, builder: Any, sig: Any, values: Any) -> Any:
    return _spread(builder, context.cast(builder, values[0], sig.args[0], types.float64))


def _choose(context: Any, builder: Any, sig: Any, values: Any) -> Any:
    del context, sig
    return builder.select(*values)


def _by_order(sign: str) -> Callable[..., Any]:
    def emit(context: Any, builder: Any, sig: Any, values: Any) -> Any:
        del context, sig
        return builder.select(builder.fcmp_ordered(sign, *values), *values)

    return emit


def _root(context: Any, builder: Any, sig: Any, values: Any) -> Any:
    del context, sig
    kind = ir.FunctionType(_VECTOR, [_VECTOR])
    sqrt = cgutils.get_or_insert_function(builder.module, kind, f"llvm.sqrt.v{LANES}f64")
    return builder.call(sqrt, values)


def _folded(name: str, *start: Any) -> Callable[..., Any]:
    """All lanes folded into one number."""

    def emit(context: Any, builder: Any, sig: Any, values: Any) -> Any:
        del context, sig
        kind = ir.FunctionType(ir.DoubleType(), [*(one.type for one in start), _VECTOR])
        fold = cgutils.get_or_insert_function(builder.module, kind, f"llvm.vector.reduce.{name}.v{LANES}f64")
        return builder.call(fold, [*start, *values], fastmath=("reassoc", "nsz", "nnan"))

    return emit


def _some(context: Any, builder: Any, sig: Any, values: Any) -> Any:
    del context, sig
    whole = ir.IntType(LANES)
    return builder.icmp_unsigned("!=", builder.bitcast(values[0], whole), ir.Constant(whole, 0))


def _as_lanes(context: Any, builder: Any, sig: Any, values: Any) -> list[Any]:
    """Arguments as lanes, one number being copied to all of them."""
    return [
        value if isinstance(kind, _LanesType) else _even(context, builder, signature(_L, kind), [value])
        for kind, value in zip(sig.args, values, strict=True)
    ]


def _arithmetic(step: str) -> Callable[..., Any]:
    def emit(context: Any, builder: Any, sig: Any, values: Any) -> Any:
        return getattr(builder, step)(*_as_lanes(context, builder, sig, values), flags=_FUSE)

    return emit


def _comparison(sign: str) -> Callable[..., Any]:
    def emit(context: Any, builder: Any, sig: Any, values: Any) -> Any:
        return builder.fcmp_ordered(sign, *_as_lanes(context, builder, sig, values))

    return emit


def _logic(step: str) -> Callable[..., Any]:
    def emit(context: Any, builder: Any, sig: Any, values: Any) -> Any:
        del context, sig
        return getattr(builder, step)(*values)

    return emit


@infer_global(entry)
class _EntryTemplate(AbstractTemplate):
    def generic(self, args: tuple[Any, ...], kws: Any) -> Any:
        del kws
        return signature(args[0].dtype, *args) if args[0].layout == "C" else None


lower_builtin(entry, types.Array, types.Integer)(_entry)
_compiles(load, (types.Array, types.Integer), _L, _load)
_compiles(store, (types.Array, types.Integer, _LanesType), types.none, _store)
_compiles(even, (types.Number,), _L, _even)
_compiles(choose, (_MaskType, _LanesType, _LanesType), _L, _choose)
_compiles(least, (_LanesType, _LanesType), _L, _by_order("<"))
_compiles(greatest, (_LanesType, _LanesType), _L, _by_order(">"))
_compiles(root, (_LanesType,), _L, _root)
_compiles(sum_of, (_LanesType,), types.float64, _folded("fadd", ir.Constant(ir.DoubleType(), -0.0)))
_compiles(least_of, (_LanesType,), types.float64, _folded("fmin"))
_compiles(greatest_of, (_LanesType,), types.float64, _folded("fmax"))
_compiles(some, (_MaskType,), types.boolean, _some)
for _symbol, _step in (
    (operator.add, "fadd"),
    (operator.sub, "fsub"),
    (operator.mul, "fmul"),
    (operator.truediv, "fdiv"),
):
    for _kinds in ((_LanesType, _LanesType), (_LanesType, types.Number), (types.Number, _LanesType)):
        _compiles(_symbol, _kinds, _L, _arithmetic(_step))
for _symbol, _sign in (
    (operator.lt, "<"),
    (operator.le, "<="),
    (operator.gt, ">"),
    (operator.ge, ">="),
    (operator.eq, "=="),
):
    for _kinds in ((_LanesType, _LanesType), (_LanesType, types.Number)):
        _compiles(_symbol, _kinds, _M, _comparison(_sign))
_compiles(operator.and_, (_MaskType, _MaskType), _M, _logic("and_"))
_compiles(operator.or_, (_MaskType, _MaskType), _M, _logic("or_"))


@lanewise
def get(vectors: FloatArray, at: int) -> float:
    """One number out of vectors."""
    return float(vectors[at // LANES, at % LANES])


@lanewise
def put(vectors: FloatArray, at: int, number: float) -> None:
    """Set one number."""
    vectors[at // LANES, at % LANES] = number
