using Qingyuan.Hj212.Fuzz;
using SharpFuzz;

// With a file: that one input, to look at a crash. Without: the fuzzer's loop.
if (args is [var path])
{
    Target.Run(await File.ReadAllBytesAsync(path));
    return;
}

Fuzzer.OutOfProcess.Run(stream =>
{
    using var bytes = new MemoryStream();
    stream.CopyTo(bytes);
    Target.Run(bytes.ToArray());
});
