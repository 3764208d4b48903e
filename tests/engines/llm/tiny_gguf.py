"""A Qwen3 of random weights, half a megabyte: a real one for llama.cpp, but what it says means nothing."""

from pathlib import Path

LAYERS, WIDTH, HEADS, HEAD, FORWARD, CONTEXT = 2, 64, 4, 16, 128, 4096

TEMPLATE = """\
{%- if tools %}<|im_start|>system
{% for tool in tools %}{{ tool | tojson }}
{% endfor %}<|im_end|>
{% endif %}{% for message in messages %}<|im_start|>{{ message.role }}
{{ message.content }}<|im_end|>
{% endfor %}<|im_start|>assistant
{% if enable_thinking is defined and not enable_thinking %}<think>

</think>

{% endif %}"""
"""In the manner of Qwen3's own."""


def byte_letters() -> list[str]:
    """The 256 bytes as GPT-2's tokenizer writes them."""
    shown = [*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    letters = {byte: chr(byte) for byte in shown}
    for number, byte in enumerate(byte for byte in range(256) if byte not in letters):
        letters[byte] = chr(256 + number)
    return [letters[byte] for byte in range(256)]


def write(path: Path, seed: int = 7) -> Path:
    """Needs the package gguf."""
    import gguf
    import numpy as np

    random = np.random.default_rng(seed)
    letters = byte_letters()
    special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    tokens = [*letters, f"{letters[ord('t')]}{letters[ord('h')]}", *special]
    kinds = [gguf.TokenType.NORMAL] * (len(tokens) - len(special)) + [gguf.TokenType.CONTROL] * len(special)
    end = tokens.index("<|im_end|>")
    out = gguf.GGUFWriter(str(path), "qwen3")
    out.add_name("tiny")
    out.add_context_length(CONTEXT)
    out.add_embedding_length(WIDTH)
    out.add_block_count(LAYERS)
    out.add_feed_forward_length(FORWARD)
    out.add_head_count(HEADS)
    out.add_head_count_kv(HEADS)
    out.add_key_length(HEAD)
    out.add_value_length(HEAD)
    out.add_layer_norm_rms_eps(1e-6)
    out.add_rope_freq_base(10_000.0)
    out.add_tokenizer_model("gpt2")
    out.add_tokenizer_pre("qwen2")
    out.add_token_list(tokens)
    out.add_token_types([int(kind) for kind in kinds])
    out.add_token_merges([f"{letters[ord('t')]} {letters[ord('h')]}"])
    out.add_eos_token_id(end)
    out.add_bos_token_id(tokens.index("<|endoftext|>"))
    out.add_add_bos_token(False)
    out.add_chat_template(TEMPLATE)

    def weights(name: str, *shape: int) -> None:
        out.add_tensor(name, random.normal(0, 0.08, shape).astype(np.float32))

    def ones(name: str, size: int) -> None:
        out.add_tensor(name, np.ones(size, np.float32))

    weights("token_embd.weight", len(tokens), WIDTH)
    ones("output_norm.weight", WIDTH)
    weights("output.weight", len(tokens), WIDTH)
    for layer in range(LAYERS):
        block = f"blk.{layer}."
        ones(block + "attn_norm.weight", WIDTH)
        ones(block + "ffn_norm.weight", WIDTH)
        ones(block + "attn_q_norm.weight", HEAD)
        ones(block + "attn_k_norm.weight", HEAD)
        for name in ("attn_q", "attn_k", "attn_v"):
            weights(f"{block}{name}.weight", HEADS * HEAD, WIDTH)
        weights(block + "attn_output.weight", WIDTH, HEADS * HEAD)
        for name in ("ffn_gate", "ffn_up"):
            weights(f"{block}{name}.weight", FORWARD, WIDTH)
        weights(block + "ffn_down.weight", WIDTH, FORWARD)
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()
    return path
