using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Qingyuan.Platform.Shared.Persistence;

/// <summary>The relational model of all slices. Each slice registers its part as an <see cref="IModelPart"/>.</summary>
/// <remarks>Two derived contexts, one per engine, each with its own migrations; the model is one.</remarks>
public abstract class QingyuanDb(DbContextOptions options, IEnumerable<IModelPart> parts) : DbContext(options)
{
    private readonly IModelPart[] _parts = [.. parts];
    private readonly List<Action> _afterCommit = [];

    /// <summary>Runs <paramref name="action"/> once the transaction of <see cref="IDatabase.WriteAsync"/> has committed; never when it has not.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    internal string PartNames => string.Join(' ', _parts.Select(part => part.GetType().FullName).Order(StringComparer.Ordinal));

    internal List<Action> TakeAfterCommit() => _afterCommit;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        foreach (var part in _parts) part.Build(modelBuilder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        // Station wall-clock times carry no zone in either engine.
        configurationBuilder.Properties<DateTime>().HaveConversion<WallClockConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(64);
    }

    private sealed class WallClockConverter() : ValueConverter<DateTime, DateTime>(
        stamp => DateTime.SpecifyKind(stamp, DateTimeKind.Unspecified),
        stamp => DateTime.SpecifyKind(stamp, DateTimeKind.Unspecified));
}
