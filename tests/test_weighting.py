import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imbalance_doctor.errors import InputError, UsageError
from imbalance_doctor.model import ClassCounts
from imbalance_doctor.plugins import schemes
from imbalance_doctor.weighting import apply, boundaries
from tests.v2ex import COUNTS, N_SAMPLES, selected

SHELF = schemes()
V2EX = ClassCounts.of(COUNTS, n_samples=N_SAMPLES)
THREE = ClassCounts.of({"a": 90, "b": 9, "c": 1})
WITH_EMPTY = ClassCounts.of({"a": 90, "none": 0, "b": 10})


def kinds(*names):
    return [name for name in SHELF if SHELF[name].card.kind in names]


class TestTheResult:
    def test_carries_everything_needed_to_check_it(self):
        weights = apply(THREE, "balanced")
        assert (weights.scheme, weights.kind, weights.task) == ("balanced", "class-weight", "multiclass")
        assert (weights.classes, weights.counts, weights.n_samples) == (("a", "b", "c"), (90, 9, 1), 100)
        assert weights.normalisation == "sample-mean"
        assert weights.values_negative is None
        assert weights.sample_mean == 1
        assert weights.max_min_ratio == pytest.approx(90)

    def test_keeps_the_known_samples_of_columns_with_blanks(self):
        counts = ClassCounts(("a", "b"), (10, 10), 100, "multilabel", (100, 20))
        weights = apply(counts, "pos-weight")
        assert weights.known == (100, 20)
        assert weights.negatives == (90, 10)
        # mean over labels of p w1 + (1 - p) w0: (0.1 * 9 + 0.9) and (0.5 * 1 + 0.5)
        assert weights.sample_mean == pytest.approx((1.8 + 1) / 2)

    def test_of_a_pair_has_both_factors_and_the_ratio_of_their_ratios(self):
        weights = apply(ClassCounts.of([10, 50], n_samples=100), "balanced-pair")
        assert weights.values == (5, 1)
        assert weights.values_negative == (100 / 180, 1)
        assert weights.max_min_ratio == pytest.approx(9)
        assert weights.normalisation == "none"

    def test_holds_plain_floats(self):
        weights = apply(V2EX, "balanced-pair", cap=20)
        assert {type(x) for x in (*weights.values, *weights.values_negative, *weights.boundary_after)} == {float}

    def test_of_an_unknown_scheme_names_the_nearest(self):
        with pytest.raises(UsageError) as caught:
            apply(THREE, "balance")
        assert "balanced" in caught.value.hint


class TestParameters:
    def test_are_passed_on_and_recorded_with_the_cap_and_the_policy(self):
        weights = apply(WITH_EMPTY, "power", parameters={"power": 1}, cap=3, zero_count="value=1")
        assert weights.parameters == {"power": 1.0, "cap": 3.0, "zero_count": "value=1"}

    def test_that_the_scheme_does_not_have_are_refused_with_the_ones_it_has(self):
        with pytest.raises(UsageError, match="effective-number has no tunable 'power'") as caught:
            apply(THREE, "effective-number", parameters={"power": 1})
        assert caught.value.hint == "its tunables: beta"
        with pytest.raises(UsageError) as caught:
            apply(THREE, "balanced", parameters={"beta": 0.9})
        assert caught.value.hint == "it has no tunables"

    @pytest.mark.parametrize("value", [math.nan, math.inf, "0.5", None])
    def test_that_are_not_finite_numbers_are_refused(self, value):
        with pytest.raises(UsageError, match="power must be a finite number"):
            apply(THREE, "power", parameters={"power": value})

    @pytest.mark.parametrize(
        ("scheme", "parameters"),
        [
            ("power", {"power": -1}),
            ("effective-number", {"beta": 1}),
            ("effective-number", {"beta": -0.1}),
            ("logit-adjustment", {"tau": -1}),
            ("repeat-factor", {"threshold": 0}),
            ("enet", {"c": 1}),
            ("ldam-margin", {"max_margin": 0}),
        ],
    )
    def test_out_of_range_are_refused(self, scheme, parameters):
        with pytest.raises(UsageError):
            apply(THREE, scheme, parameters=parameters)

    @pytest.mark.parametrize(
        ("scheme", "name"), [("logit-adjustment", "tau"), ("repeat-factor", "threshold"), ("ldam-margin", "max_margin")]
    )
    def test_that_leave_no_room_for_finite_results_are_refused(self, scheme, name):
        with pytest.raises(UsageError, match="beyond 1e\\+150"):
            apply(THREE, scheme, parameters={name: 1e307})


class TestClassesWithoutSamples:
    @pytest.mark.parametrize("scheme", [name for name in SHELF if SHELF[name].card.needs_all_classes])
    def test_are_refused_by_name_until_a_policy_is_chosen(self, scheme):
        with pytest.raises(InputError, match=r"1 class\(es\) without samples: 'none'") as caught:
            apply(WITH_EMPTY, scheme)
        assert "--zero-count exclude" in caught.value.hint
        assert "value=X" in caught.value.hint

    def test_are_named_up_to_ten(self):
        counts = ClassCounts.of({"a": 1, **{f"empty{i}": 0 for i in range(12)}})
        with pytest.raises(InputError, match=r"12 class\(es\).*'empty9', …;") as caught:
            apply(counts, "balanced")
        assert "empty10" not in caught.value.message

    @pytest.mark.parametrize("scheme", list(SHELF))
    def test_excluded_leave_the_others_as_if_they_had_never_been_declared(self, scheme):
        counts = ClassCounts.of({"a": 60, "none": 0, "b": 30, "c": 10}, n_samples=200)
        weights = apply(counts, scheme, zero_count="exclude")
        alone = apply(ClassCounts.of({"a": 60, "b": 30, "c": 10}, n_samples=200), scheme)
        assert weights.classes == ("a", "none", "b", "c")
        assert weights.values[:1] + weights.values[2:] == alone.values
        assert weights.values[1] == (1.0 if scheme == "repeat-factor" else 0.0)
        assert weights.boundary_after[1] is None
        assert weights.boundary_after[:1] + weights.boundary_after[2:] == alone.boundary_after
        assert weights.max_min_ratio == alone.max_min_ratio
        assert weights.sample_mean == alone.sample_mean

    @pytest.mark.parametrize("scheme", kinds("class-weight", "offset", "repeat"))
    def test_excluded_do_not_move_the_boundary_of_single_label_classes_either(self, scheme):
        weights = apply(ClassCounts.of([60, 0, 30, 10]), scheme, zero_count="exclude")
        alone = apply(ClassCounts.of([60, 30, 10]), scheme)
        first, excluded, *others = weights.boundary_after
        assert excluded is None
        assert [first, *others] == pytest.approx(alone.boundary_after, rel=1e-14)

    def test_given_a_value_have_exactly_that_value_after_all_scaling(self):
        weights = apply(WITH_EMPTY, "balanced", zero_count="value=2.5")
        assert weights.values == (100 / 180, 2.5, 5)
        assert weights.sample_mean == 1
        assert weights.max_min_ratio == pytest.approx(9)

    def test_given_a_value_have_it_in_both_factors_of_a_pair(self):
        weights = apply(ClassCounts.of([10, 0], n_samples=100), "balanced-pair", zero_count="value=1")
        assert weights.values == (5, 1)
        assert weights.values_negative == (100 / 180, 1)
        assert weights.boundary_after[1] == 0.5

    def test_may_be_given_a_negative_offset_but_no_negative_weight(self):
        assert apply(WITH_EMPTY, "logit-adjustment", zero_count="value=-20").values[1] == -20
        with pytest.raises(UsageError, match="cannot be negative"):
            apply(WITH_EMPTY, "balanced", zero_count="value=-1")

    def test_given_an_absurd_offset_leave_the_boundaries_of_the_others_alone(self):
        expected = apply(ClassCounts.of([90, 10]), "logit-adjustment").boundary_after
        for x in ("value=-1e9", "value=1e9"):
            after = apply(WITH_EMPTY, "logit-adjustment", zero_count=x).boundary_after
            assert (after[0], after[2]) == pytest.approx(expected)

    def test_given_the_weight_0_have_no_boundary(self):
        assert apply(WITH_EMPTY, "balanced", zero_count="value=0").boundary_after[1] is None

    @pytest.mark.parametrize("policy", ["", "drop", "value", "value=", "value=x", "value=nan", "value=inf", "1"])
    def test_need_a_policy_that_can_be_read(self, policy):
        with pytest.raises(UsageError, match="zero-count") as caught:
            apply(THREE, "balanced", zero_count=policy)
        assert "refuse, exclude, or value=X" in caught.value.hint

    def test_cannot_be_given_more_than_the_cap(self):
        with pytest.raises(UsageError, match="above --cap"):
            apply(WITH_EMPTY, "balanced", cap=2, zero_count="value=3")

    @pytest.mark.parametrize("scheme", list(SHELF))
    @pytest.mark.parametrize("policy", ["refuse", "exclude", "value=1"])
    @pytest.mark.parametrize("counts", [[], [0], [0, 0]])
    def test_alone_are_nothing_to_weigh(self, scheme, policy, counts):
        with pytest.raises(InputError, match="nothing to weigh"):
            apply(ClassCounts.of(counts), scheme, zero_count=policy)


class TestNormalisation:
    @pytest.mark.parametrize(
        ("how", "expected"),
        [
            ("sample-mean", (100 / 270, 100 / 27, 100 / 3)),
            ("sum", (3 / 101, 30 / 101, 270 / 101)),
            ("max", (1 / 90, 1 / 9, 1)),
            ("none", (100 / 90, 100 / 9, 100)),
        ],
    )
    def test_changes_the_scale_of_class_weights_and_nothing_else(self, how, expected):
        weights = apply(THREE, "inverse", normalize=how)
        assert weights.values == pytest.approx(expected, rel=1e-14)
        assert weights.normalisation == how
        assert weights.sample_mean == pytest.approx(sum(n * w for n, w in zip((90, 9, 1), expected, strict=True)) / 100)
        assert weights.boundary_after == pytest.approx(apply(THREE, "inverse").boundary_after, rel=1e-13)

    def test_of_a_pair_divides_both_factors_by_their_mean_and_leaves_the_boundary(self):
        raw = apply(V2EX, "complement-pair")
        weights = apply(V2EX, "complement-pair", normalize="sample-mean")
        assert weights.sample_mean == pytest.approx(1, abs=1e-12)
        # mean over labels of 2 p (1 - p)
        mean = sum(Fraction(2 * n * (N_SAMPLES - n), N_SAMPLES**2) for n in COUNTS) / len(COUNTS)
        assert weights.values == pytest.approx([w / float(mean) for w in raw.values], rel=1e-13)
        assert weights.values_negative == pytest.approx([w / float(mean) for w in raw.values_negative], rel=1e-13)
        assert weights.boundary_after == pytest.approx(raw.boundary_after, rel=1e-13)

    @pytest.mark.parametrize("how", ["sample-mean", "sum", "max"])
    def test_of_a_pos_weight_is_refused_because_it_would_move_the_boundary(self, how):
        with pytest.raises(UsageError, match="move the boundary") as caught:
            apply(V2EX, "pos-weight", normalize=how)
        assert "divide the learning rate by the printed sample mean" in caught.value.hint

    @pytest.mark.parametrize("scheme", kinds("offset", "margin", "repeat"))
    @pytest.mark.parametrize("how", ["sample-mean", "sum", "max"])
    def test_of_numbers_without_a_scale_is_refused_with_the_reason(self, scheme, how):
        with pytest.raises(UsageError, match=f"--normalize {how} does not apply: .* (logit|scale)"):
            apply(V2EX, scheme, normalize=how)

    @pytest.mark.parametrize("how", ["sum", "max"])
    def test_of_a_pair_knows_only_the_sample_mean(self, how):
        with pytest.raises(UsageError, match="only sample-mean"):
            apply(V2EX, "balanced-pair", normalize=how)

    def test_of_a_pair_whose_mean_is_0_is_refused(self):
        with pytest.raises(InputError, match="every label is on every sample"):
            apply(ClassCounts.of([5, 5], n_samples=5), "complement-pair", normalize="sample-mean")

    @pytest.mark.parametrize("scheme", list(SHELF))
    def test_can_always_be_switched_off(self, scheme):
        weights = apply(V2EX, scheme, normalize="none")
        assert weights.normalisation == "none"
        raw = SHELF[scheme].verb(V2EX).reshape(-1, len(COUNTS))
        assert weights.values == tuple(raw[0])

    def test_by_an_unknown_name_suggests_the_nearest(self):
        with pytest.raises(UsageError) as caught:
            apply(THREE, "balanced", normalize="mean")
        assert "sample-mean" in caught.value.hint


class TestCap:
    def test_of_class_weights_keeps_the_mean_at_one_and_the_ratios_below_it(self):
        # c gets 20; a and b share what is left of 100 in the proportion 1 : 10, so 90 a + 9 (10 a) = 80
        weights = apply(THREE, "balanced", cap=20)
        assert weights.values == pytest.approx((80 / 180, 800 / 180, 20), rel=1e-14)
        assert max(weights.values) == 20
        assert weights.sample_mean == pytest.approx(1, abs=1e-12)
        assert weights.max_min_ratio == pytest.approx(45)

    def test_that_pushes_another_class_over_it_caps_that_one_too(self):
        # c at 5 leaves 95 for a : b = 1 : 10, which would lift b to 950/180 = 5.28: so b is at 5 as well, and a has
        # (100 - 5 - 45) / 90
        assert apply(THREE, "balanced", cap=5).values == pytest.approx((50 / 90, 5, 5), rel=1e-14)

    def test_of_one_makes_all_weights_one(self):
        assert apply(THREE, "balanced", cap=1).values == pytest.approx((1, 1, 1), rel=1e-14)

    def test_above_the_largest_changes_nothing(self):
        assert apply(THREE, "balanced", cap=34).values == apply(THREE, "balanced").values

    def test_of_weights_that_sum_to_k_keeps_the_sum(self):
        # 2.67 is cut to 2, and a and b share 1 in the proportion 1 : 10
        assert apply(THREE, "inverse", normalize="sum", cap=2).values == pytest.approx((1 / 11, 10 / 11, 2), rel=1e-14)

    def test_of_raw_weights_just_cuts_them(self):
        assert apply(THREE, "inverse", normalize="none", cap=20).values == (100 / 90, 100 / 9, 20)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.integers(1, 10**6), min_size=2, max_size=8), st.floats(1, 20))
    def test_is_the_fixed_point_of_cutting_and_scaling_up_again(self, counts, cap):
        level = [Fraction(sum(counts), len(counts) * n) for n in counts]
        capped = set()
        while over := {i for i, w in enumerate(level) if w > cap and i not in capped}:
            capped |= over
            room = sum(counts) - Fraction(cap) * sum(counts[i] for i in capped)
            rest = sum(counts[i] * level[i] for i in range(len(counts)) if i not in capped)
            level = [Fraction(cap) if i in capped else w * room / rest for i, w in enumerate(level)]
        assert apply(ClassCounts.of(counts), "balanced", cap=cap).values == pytest.approx(list(map(float, level)))

    def test_of_a_pair_lowers_the_positive_factor_to_the_cap_times_the_negative(self):
        weights = apply(V2EX, "balanced-pair", cap=20)
        raw = apply(V2EX, "balanced-pair")
        assert weights.values_negative == raw.values_negative
        ratios = [w1 / w0 for w1, w0 in zip(weights.values, weights.values_negative, strict=True)]
        assert max(ratios) == pytest.approx(20)
        assert selected(weights.boundary_after)[:3] == pytest.approx([1 / 21] * 3)
        assert selected(weights.boundary_after)[3] == pytest.approx(12597 / N_SAMPLES)

    def test_of_pos_weights_and_repeat_factors_cuts_them(self):
        assert selected(apply(V2EX, "pos-weight", cap=20).values)[:3] == [20, 20, 20]
        assert apply(THREE, "repeat-factor", parameters={"threshold": 0.16}, cap=3).values == (1, 4 / 3, 3)

    @pytest.mark.parametrize("scheme", kinds("offset", "margin"))
    def test_does_not_apply_to_what_is_added_to_logits(self, scheme):
        with pytest.raises(UsageError, match="--cap does not apply"):
            apply(V2EX, scheme, cap=2)

    @pytest.mark.parametrize("scheme", list(SHELF))
    @pytest.mark.parametrize("cap", [0, -1, math.nan, math.inf])
    def test_must_be_a_positive_number(self, scheme, cap):
        with pytest.raises(UsageError, match="cap"):
            apply(V2EX, scheme, cap=cap)

    def test_below_one_cannot_be_met_by_weights_of_mean_one_nor_by_repeat_factors(self):
        for scheme in kinds("class-weight", "repeat"):
            with pytest.raises(UsageError, match="at least 1"):
                apply(V2EX, scheme, cap=0.5)
        assert max(apply(V2EX, "pos-weight", cap=0.5).values) == 0.5

    def test_contradicts_a_largest_weight_of_one(self):
        with pytest.raises(UsageError, match="--normalize max"):
            apply(THREE, "balanced", normalize="max", cap=2)


def fires(counts, weights, c, q):
    """The output for class c of a model that is optimal under the weights, where its true posterior is q and the
    other classes share the rest in proportion to their priors: sum of w_j q_j normalised."""
    n, rest = counts.counts, sum(counts.counts) - counts.counts[c]
    shares = [q if j == c else (1 - q) * n[j] / rest for j in range(len(n))]
    return weights[c] * shares[c] / sum(w * s for w, s in zip(weights, shares, strict=True))


class TestTheBoundaryAfter:
    @settings(max_examples=40, deadline=None)
    @given(
        st.sampled_from(kinds("class-weight", "repeat")),
        st.lists(st.integers(1, 10**6), min_size=2, max_size=6),
    )
    def test_is_where_the_optimal_weighted_model_says_one_half(self, scheme, counts):
        counts = ClassCounts.of(counts)
        weights = apply(counts, scheme)
        for c, q in enumerate(weights.boundary_after):
            # q near 1 is itself good to 1e-16 only, which is 1e-10 of 1 - q
            assert fires(counts, weights.values, c, q) == pytest.approx(0.5, abs=1e-9)

    def test_balanced_weights_on_two_classes_is_the_prior(self):
        assert apply(ClassCounts.of([990, 10]), "balanced").boundary_after == pytest.approx((0.99, 0.01), rel=1e-14)

    def test_of_single_label_classes_is_reckoned_from_shares_even_where_there_are_more_samples(self):
        counts = ClassCounts.of([90, 10], n_samples=200, task="multiclass")
        assert apply(counts, "balanced").boundary_after == pytest.approx((0.9, 0.1), rel=1e-14)

    def test_no_weights_is_one_half(self):
        assert apply(THREE, "uniform").boundary_after == (0.5, 0.5, 0.5)

    @pytest.mark.parametrize("scheme", kinds("class-weight"))
    def test_a_weight_on_both_terms_of_a_label_is_one_half_still(self, scheme):
        assert set(apply(V2EX, scheme).boundary_after) == {0.5}

    @pytest.mark.parametrize("tau", [0.5, 1, 2])
    def test_logit_adjustment_is_that_of_a_class_weight_of_share_to_the_minus_tau(self, tau):
        after = apply(THREE, "logit-adjustment", parameters={"tau": tau}).boundary_after
        for c, q in enumerate(after):
            weights = [share**-tau for share in (0.9, 0.09, 0.01)]
            assert fires(THREE, weights, c, q) == pytest.approx(0.5, abs=1e-12)

    @pytest.mark.parametrize("scheme", [*kinds("class-weight", "repeat"), "logit-adjustment"])
    def test_a_single_class_does_not_exist_because_there_is_nothing_to_tell_it_from(self, scheme):
        assert apply(ClassCounts.of([7]), scheme).boundary_after == (None,)

    def test_a_rare_rest_keeps_its_digits(self):
        # class a against one sample of b: (w_b) / (w_a + w_b), with w_b a hundred-millionth of the total mass
        counts = ClassCounts.of([10**15, 1])
        assert boundaries(counts, "inverse", (3.0, 0.1))[0] == pytest.approx(0.1 / 3.1, rel=1e-14)

    def test_can_be_asked_for_numbers_from_elsewhere(self):
        counts = ClassCounts.of([1, 1], n_samples=10)
        # w = 99: q = .01 -> .5
        assert boundaries(counts, "pos-weight", (99, 1)) == (0.01, 0.5)
        assert boundaries(counts, "balanced-pair", (3.0, 0.0), (1.0, 0.0)) == (0.25, None)
