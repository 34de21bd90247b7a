import numpy as np

from bot.nlu.encoder.batches import Example, epoch_batches, pad, steps_per_epoch

EXAMPLES = [Example("a" * (1 + at * 7 % 23), at % 5) for at in range(101)]


def batches(*, seed: int, rewrite=str) -> list[tuple[np.ndarray, np.ndarray]]:
    return list(epoch_batches(EXAMPLES, lambda text: [1] * len(text), rewrite=rewrite, size=8, seed=seed))


def test_every_example_comes_once_with_its_intent():
    seen = sorted(
        (int((row >= 0).sum()), int(intent))
        for pieces, intents in batches(seed=1)
        for row, intent in zip(pieces, intents, strict=False)
    )

    assert seen == sorted((len(example.text), example.intent) for example in EXAMPLES)


def test_there_are_as_many_batches_as_announced():
    assert len(batches(seed=1)) == steps_per_epoch(len(EXAMPLES), size=8) == 13


def test_a_batch_holds_texts_of_similar_length():
    padding = sum(int((pieces < 0).sum()) for pieces, _ in batches(seed=1))

    assert padding < 0.15 * sum(pieces.size for pieces, _ in batches(seed=1))


def test_epochs_differ_and_equal_seeds_repeat():
    first, again, other = (np.concatenate([intents for _, intents in batches(seed=seed)]) for seed in (1, 1, 2))

    assert (first == again).all()
    assert (first != other).any()


def test_texts_are_rewritten_before_they_are_cut():
    lengths = {int((row >= 0).sum()) for pieces, _ in batches(seed=1, rewrite=lambda text: "b") for row in pieces}

    assert lengths == {1}


def test_rows_are_padded_at_the_end():
    assert pad([[5], [6, 7]]).tolist() == [[5, -1], [6, 7]]
