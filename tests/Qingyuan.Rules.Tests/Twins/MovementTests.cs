using Qingyuan.Rules.Twins;

namespace Qingyuan.Rules.Tests.Twins;

public class MovementTests
{
    private static readonly DateTime Start = new(2026, 3, 2, 8, 0, 0);

    /// <summary>Against the plain way: every factor's newest stamp, and the newest of all others.</summary>
    [Fact]
    public void Says_for_each_factor_when_another_one_moved_last()
    {
        string[] factors = ["a", "b", "c"];
        var newest = new Dictionary<string, DateTime>();
        var moved = default(Movement);
        var random = new Random(8212);
        for (var step = 0; step < 2000; step++)
        {
            foreach (var factor in factors)
                Assert.Equal(newest.Where(each => each.Key != factor).Select(each => (DateTime?)each.Value).Max(), moved.Besides(factor));
            var mover = factors[random.Next(factors.Length)];
            var at = Start.AddMinutes((step / 3) - random.Next(4)); // also late ones
            if (newest.TryGetValue(mover, out var known) && at < known) continue; // an older stamp changes no text
            newest[mover] = at;
            moved = moved.After(mover, at);
        }
    }
}
