namespace Qingyuan.Platform.Shared;

/// <summary>Told when what is stored is not what was written. Declared here and implemented by the slice that calls people.</summary>
public interface IDamageReport
{
    /// <param name="cause">Which store: the alarm's cause, and with "alarm." before it the code of its sentence.</param>
    /// <param name="what">The first finding, and how many more there are.</param>
    /// <param name="ct">Cancels.</param>
    Task DamagedAsync(string cause, string what, CancellationToken ct);

    /// <summary>All of that store was read and is what was written.</summary>
    Task WholeAsync(string cause, CancellationToken ct);
}

/// <summary>Without a slice that calls people the log has it.</summary>
internal sealed class NobodyToCall : IDamageReport
{
    public Task DamagedAsync(string cause, string what, CancellationToken ct) => Task.CompletedTask;

    public Task WholeAsync(string cause, CancellationToken ct) => Task.CompletedTask;
}
