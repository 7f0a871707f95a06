using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Analysis.Sql.Running;

/// <summary>What the child told; its rows are in the file.</summary>
/// <param name="First">The first rows, for the eye.</param>
/// <param name="Shortened">Whether something of them is left out.</param>
internal sealed record Told(IReadOnlyList<SqlColumn> Columns, IReadOnlyList<string?[]> First, WorkbenchDone Done, bool Shortened);

/// <summary>Runs one statement in a child process, within its time, and kills it after.</summary>
internal sealed class WorkbenchRun(IOptions<SqlOptions> options, TimeProvider clock, ILogger<WorkbenchRun> log)
{
    private const int LongestLine = 64 << 20;

    /// <summary>What a runtime, its heap and the engine's own structures take beside the engine's buffers.</summary>
    private const long BesideMiB = 512;
    private const int WordsKept = 2000;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    /// <param name="folder">The data set: all the child may read.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="rows">Where the rows go, a JSON array a line.</param>
    /// <returns>Refusals <c>sql.*</c>.</returns>
    public async Task<Result<Told>> AskAsync(string folder, string sql, Stream rows, CancellationToken ct)
    {
        var program = options.Value.Program ?? WorkbenchProgram.Usual;
        if (!File.Exists(program)) return new Refusal("sql.unavailable", program);
        using var process = new Process { StartInfo = WorkbenchProgram.In(program, folder) };
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            return new Refusal("sql.unavailable", error.Message);
        }

        using var life = new Life(process, options.Value, clock, ct);
        try
        {
            var words = process.StandardError.ReadToEndAsync(CancellationToken.None); // ends with the process
            await OrderAsync(process, sql);
            var told = await ListenAsync(process.StandardOutput.BaseStream, rows, LongestLine, ct);
            if (told is { } answer) return answer;
            await process.WaitForExitAsync(CancellationToken.None);
            ct.ThrowIfCancellationRequested();
            if (life.Ended is { } why) return why;
            log.WorkbenchEnded(process.ExitCode, Last(await words));
            return new Refusal("sql.ended", process.ExitCode);
        }
        finally
        {
            life.End();
            await process.WaitForExitAsync(CancellationToken.None);
            if (Directory.Exists(Path.Combine(folder, "temp"))) Directory.Delete(Path.Combine(folder, "temp"), recursive: true);
        }
    }

    private async Task OrderAsync(Process process, string sql)
    {
        var said = options.Value;
        var order = new WorkbenchOrder(
            SqlViews.All.ToDictionary(view => view.Name, view => new[] { SqlViews.File(view.Name) }), sql, said.MostRows, (long)said.MostMiB << 20, said.MemoryMiB, said.TempMiB,
            said.Threads ?? Math.Max(1, Environment.ProcessorCount / 2));
        try
        {
            // Left open: the child ends when it closes, thus also when this process dies.
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(order, WorkbenchJson.Default.WorkbenchOrder));
            await process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // It is dead already; what it said before tells why.
        }
    }

    /// <param name="said">What the child says; closed at the end.</param>
    /// <param name="rows">Where the rows go, whole.</param>
    /// <param name="longest">Bytes of one row.</param>
    /// <returns>Null when the child ended before its answer did.</returns>
    internal static async Task<Result<Told>?> ListenAsync(Stream said, Stream rows, int longest, CancellationToken ct)
    {
        await using var lines = new Lines(said, longest);
        try
        {
            return await ListenAsync(lines, rows, ct);
        }
        catch (InvalidDataException)
        {
            return Refusals.RowTooLong(longest);
        }
    }

    private static async Task<Result<Told>?> ListenAsync(Lines lines, Stream rows, CancellationToken ct)
    {
        IReadOnlyList<SqlColumn> columns = [];
        var preview = new Preview();
        while (await lines.NextAsync(ct) is { } line)
        {
            if (line is [(byte)'[', ..])
            {
                preview.Add(line);
                await rows.WriteAsync(line, ct);
                rows.WriteByte((byte)'\n');
                continue;
            }

            var said = JsonSerializer.Deserialize(line, WorkbenchJson.Default.WorkbenchLine);
            if (said?.Error is { } trouble) return Refusals.Of(trouble);
            if (said?.Columns is { } head) columns = head;
            if (said?.Done is not { } done) continue;
            await rows.FlushAsync(ct);
            return new Told(columns, preview.Rows, done, preview.IsShortened);
        }

        return null;
    }

    private static string Last(string words) => words.Length <= WordsKept ? words : words[^WordsKept..];

    /// <summary>Ends the child when its time is over, when it takes too much memory, or when nobody waits for it any more.</summary>
    private sealed class Life : IDisposable
    {
        private readonly Process _process;
        private readonly SqlOptions _options;
        private readonly ITimer _time;
        private readonly ITimer _memory;
        private readonly CancellationTokenRegistration _left;
        private bool _over;

        public Life(Process process, SqlOptions options, TimeProvider clock, CancellationToken ct)
        {
            (_process, _options) = (process, options);
            _time = clock.CreateTimer(_ => Stop(new("sql.too-long", (int)options.Longest.TotalSeconds)), null, options.Longest, Timeout.InfiniteTimeSpan);
            _memory = clock.CreateTimer(_ => Weigh(), null, Glance, Glance);
            _left = ct.Register(End);
        }

        /// <summary>Why it was ended from here, null when it was not.</summary>
        public Refusal? Ended { get; private set; }

        public void End()
        {
            lock (_process)
            {
                if (!_over && !_process.HasExited) _process.Kill(entireProcessTree: true);
            }
        }

        public void Dispose()
        {
            _time.Dispose();
            _memory.Dispose();
            _left.Dispose();
            lock (_process) _over = true; // a timer may still be on its way
        }

        private void Stop(Refusal why)
        {
            Ended ??= why;
            End();
        }

        private void Weigh()
        {
            try
            {
                lock (_process)
                {
                    if (_over) return;
                    _process.Refresh();
                }

                if (_process.WorkingSet64 > (_options.MemoryMiB + BesideMiB) << 20) Stop(new("sql.too-much-memory"));
            }
            catch (InvalidOperationException)
            {
                // It ended meanwhile.
            }
        }
    }
}
