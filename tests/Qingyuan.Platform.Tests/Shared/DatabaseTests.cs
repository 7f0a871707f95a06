using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Shared;

public class DatabaseTests
{
    private sealed class Note
    {
        public Guid Id { get; init; } = Guid.CreateVersion7();
        public DateTimeOffset At { get; init; }
        public DateTime Wall { get; init; }
        public required string Text { get; init; }
    }

    private sealed class NotePart : IModelPart
    {
        public void Build(ModelBuilder model) => model.Entity<Note>().HasIndex(note => note.Text).IsUnique();
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Keeps_instants_to_the_microsecond_and_wall_clock_without_a_zone(Engine engine)
    {
        await using var provider = await ProviderAsync(engine);
        var database = provider.GetRequiredService<IDatabase>();
        var at = new DateTimeOffset(2026, 11, 25, 8, 0, 0, 123, 456, TimeSpan.FromHours(8));
        await database.WriteAsync((db, _) => Task.FromResult(db.Add(new Note { At = at, Wall = new(2026, 11, 25, 8, 0, 0), Text = "a" })), default);
        await using var read = database.Read();
        var note = await read.Set<Note>().SingleAsync(row => row.At >= at, TestContext.Current.CancellationToken);
        Assert.Equal(at, note.At);
        Assert.Equal(DateTimeKind.Unspecified, note.Wall.Kind);
        Assert.Equal(new DateTime(2026, 11, 25, 8, 0, 0), note.Wall);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_failed_act_leaves_nothing_and_runs_no_after_commit(Engine engine)
    {
        await using var provider = await ProviderAsync(engine);
        var database = provider.GetRequiredService<IDatabase>();
        var ran = false;
        var error = await Assert.ThrowsAnyAsync<DbUpdateException>(() => database.WriteAsync(
            (db, _) =>
            {
                db.AfterCommit(() => ran = true);
                db.Add(new Note { Text = "same" });
                return Task.FromResult(db.Add(new Note { Text = "same" }));
            },
            default));
        Assert.True(database.IsUniqueViolation(error));
        Assert.False(ran);
        await using var read = database.Read();
        Assert.Equal(0, await read.Set<Note>().CountAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<ServiceProvider> ProviderAsync(Engine engine)
    {
        var services = new ServiceCollection().AddSingleton<IModelPart, NotePart>();
        await TestDatabase.AddAsync(services, engine);
        var provider = services.BuildServiceProvider();
        await provider.MigrateAsync(default);
        return provider;
    }
}
