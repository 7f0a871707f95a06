using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Stations.Events;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Edge;

/// <summary>On PostgreSQL a number can be committed after a higher one: who follows by number must not pass it over.</summary>
public class EventOrderTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_number_that_is_late_is_waited_for_and_one_that_never_comes_is_not(bool commits)
    {
        var (database, followed, _) = await OpenAsync();
        var writing = new Late(database);
        await writing.WrittenAsync();
        await PublishAsync(database, "test.next");
        for (var looks = 0; looks < 3; looks++) Assert.Empty(await followed.NextAsync(Ct));

        await writing.EndAsync(commits);
        await PublishAsync(database, "test.last");
        string[] late = commits ? ["test.late"] : [];
        Assert.Equal([.. late, "test.next", "test.last"], (await followed.NextAsync(Ct)).Select(row => row.Kind));
    }

    [Fact]
    public async Task What_was_being_written_as_the_first_look_came_is_not_taken_for_history()
    {
        var (database, _, _) = await OpenAsync();
        var late = new Late(database);
        await late.WrittenAsync();
        await PublishAsync(database, "test.before");
        var followed = new SettledEvents(database, TimeProvider.System, NullLogger.Instance);
        Assert.Empty(await followed.NextAsync(Ct));
        Assert.Null(followed.Settled); // who begins to follow here would look back past what is late
        await late.EndAsync(commit: true);
        Assert.Empty(await followed.NextAsync(Ct));
        Assert.Equal(2, followed.Settled);
    }

    [Fact]
    public async Task A_transaction_that_hangs_holds_the_others_for_a_minute_and_once()
    {
        var (database, followed, clock) = await OpenAsync();
        var late = new Late(database);
        await late.WrittenAsync();
        await PublishAsync(database, "test.next");
        Assert.Empty(await followed.NextAsync(Ct));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("test.next", Assert.Single(await followed.NextAsync(Ct)).Kind);

        // And not for another minute at each number that is missing later.
        var failing = new Late(database);
        await failing.WrittenAsync();
        await failing.EndAsync(commit: false);
        await PublishAsync(database, "test.more");
        Assert.Equal("test.more", Assert.Single(await followed.NextAsync(Ct)).Kind);
        await late.EndAsync(commit: true);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A database of its own: nobody else writes events there.</summary>
    private static async Task<(IDatabase Database, SettledEvents Followed, FakeTimeProvider Clock)> OpenAsync()
    {
        var services = new ServiceCollection().AddSingleton<IModelPart, EventModel>();
        await TestDatabase.AddAsync(services, Engine.Postgres);
        var provider = services.BuildServiceProvider();
        await provider.MigrateAsync(Ct);
        var (database, clock) = (provider.GetRequiredService<IDatabase>(), new FakeTimeProvider());
        var followed = new SettledEvents(database, clock, NullLogger.Instance);
        await followed.NextAsync(Ct);
        Assert.Equal(0, followed.Settled);
        return (database, followed, clock);
    }

    private static Task<bool> PublishAsync(IDatabase database, string kind) => database.WriteAsync(
        (db, _) =>
        {
            db.Add(new EventRow { Kind = kind, At = DateTimeOffset.UnixEpoch, Data = "{}" });
            return Task.FromResult(true);
        },
        default);

    /// <summary>An event whose transaction stays open after it drew its number.</summary>
    private sealed class Late
    {
        private readonly TaskCompletionSource _written = new(), _end = new();
        private readonly Task _writing;
        private bool _commit;

        public Late(IDatabase database) => _writing = database.WriteAsync(
            async (db, ct) =>
            {
                db.Add(new EventRow { Kind = "test.late", At = DateTimeOffset.UnixEpoch, Data = "{}" });
                await db.SaveChangesAsync(ct);
                _written.TrySetResult();
                await _end.Task;
                return _commit ? true : throw new InvalidOperationException("not today");
            },
            default);

        public async Task WrittenAsync() => await await Task.WhenAny(_written.Task, _writing);

        public async Task EndAsync(bool commit)
        {
            _commit = commit;
            _end.SetResult();
            if (commit) await _writing;
            else await Assert.ThrowsAsync<InvalidOperationException>(() => _writing);
        }
    }
}
