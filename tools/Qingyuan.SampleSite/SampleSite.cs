using Qingyuan.SampleSite.Loggers;
using Qingyuan.SampleSite.Outlets;
using Qingyuan.SampleSite.Platform;
using Qingyuan.SampleSite.Story;

namespace Qingyuan.SampleSite;

/// <summary>Four outlets and a sample technician. Speaks to the platform like any other logger and any other client.</summary>
internal static class SampleSite
{
    public static async Task RunAsync(Options options, TimeProvider clock, CancellationToken ct)
    {
        await PlatformApi.WaitUntilReadyAsync(options.Http, clock, ct);
        var now = clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime;
        var memory = Memory.Open(options.Data, now);
        var script = new Script(memory.FirstStart, now);
        Outlet[] outlets = [new GasTurbineStack(script), new SinterStack(script), new SewageWorks(script), new ChemicalWorks(script)];

        var tokens = new Tokens(options.Cli, options.Data);
        using var dispatcher = new PlatformApi(options.Http, await tokens.CreateAsync("dispatcher", ct));
        using var technician = new PlatformApi(options.Http, await tokens.CreateAsync("technician", ct, "technician"));
        using var manager = new PlatformApi(options.Http, await tokens.CreateAsync("qc-manager", ct, "qc-manager"));
        foreach (var outlet in outlets) await dispatcher.FileAsync(outlet, "technician", ct);

        var loggers = outlets.Select(outlet =>
            new DataLogger(outlet, options.Hj212, new Schedule(outlet, memory.Since(outlet.Mn, now), now), clock)
                .RunAsync(wall => memory.SentThrough(outlet.Mn, wall), ct));
        var repair = new LeakRepair(outlets[1], script, technician, manager, clock).RunAsync(ct);
        await Task.WhenAll([.. loggers, ReportedAsync(repair)]);
    }

    /// <summary>The technician's trouble must not end the loggers.</summary>
    private static async Task ReportedAsync(Task repair)
    {
        try
        {
            await repair;
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync("sample technician: " + error.Message);
        }
    }
}
