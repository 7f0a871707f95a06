using Qingyuan.Platform.Evidence.Recording;

namespace Qingyuan.Platform.Tests.Evidence;

public class RisingIdTests
{
    [Fact]
    public void Ids_rise_also_within_a_millisecond()
    {
        var ids = Enumerable.Range(0, 20_000).Select(_ => RisingId.Next()).ToList();

        Assert.Equal(ids.OrderBy(id => id.ToString(), StringComparer.Ordinal), ids);
        Assert.All(ids, id => Assert.Equal(7, id.Version));
    }
}
