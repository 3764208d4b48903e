skill-does = the language model
skill-example = Use the local model.

model-used = From now on I think with { $model }, here on this machine.
model-already = I already think with { $model }.
model-not-found = I found no language model on this machine.
model-now = I think with { $model }.
model-none = I have no language model; I know my commands.
model-dropped = I do without a language model again.
