using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Qingyuan.Platform.Analysis.Sql;
using Qingyuan.Platform.Analysis.Sql.DataSets;
using Qingyuan.Platform.Analysis.Sql.Running;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Tests.Analysis.Sql;

/// <summary>The real child process over a small data set of its own, with a clock that only a test moves.</summary>
internal sealed class Desk : IDisposable
{
    private readonly WorkbenchRun _run;

    private Desk(SqlOptions options) => _run = new(Options.Create(options), Time, NullLogger<WorkbenchRun>.Instance);

    public FakeTimeProvider Time { get; } = new();

    /// <summary>The child's working directory.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("qingyuan-sql-").FullName;

    public static async Task<Desk> OpenAsync(SqlOptions? options = null)
    {
        var desk = new Desk(options ?? new());
        var start = new DateTime(2026, 11, 20);
        await DataSetWriter.WriteAsync(desk.Folder, SqlViews.Stations, [new StationCells { Mn = "G1", Name = "一号炉" }], default);
        await DataSetWriter.WriteAsync(desk.Folder, SqlViews.Readings, Enumerable.Range(0, 48).Select(hour => new ReadingCells { Mn = "G1", Factor = "a21002", Period = "hour", SampledAt = start.AddHours(hour), Value = hour, Text = $"{hour}.0" }), default);
        await DataSetWriter.WriteAsync(desk.Folder, SqlViews.Limits, Array.Empty<LimitCells>(), default);
        await DataSetWriter.WriteAsync(desk.Folder, SqlViews.Alarms, Array.Empty<AlarmCells>(), default);
        await DataSetWriter.WriteAsync(desk.Folder, SqlViews.WorkOrders, Array.Empty<WorkOrderCells>(), default);
        return desk;
    }

    public async Task<Result<Told>> AskAsync(string sql, CancellationToken ct)
    {
        using var rows = new MemoryStream();
        return await _run.AskAsync(Folder, sql, rows, ct);
    }

    /// <summary>The child that works here now; null when there is none.</summary>
    public int? Child() => Directory.EnumerateDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0).Where(id => id > 0 && WorksHere(id)).Select(id => (int?)id).FirstOrDefault();

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private bool WorksHere(int id)
    {
        try
        {
            return new FileInfo($"/proc/{id}/cwd").ResolveLinkTarget(false)?.FullName == Folder && Process.GetProcessById(id).ProcessName.StartsWith("qingyuan-workb", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
