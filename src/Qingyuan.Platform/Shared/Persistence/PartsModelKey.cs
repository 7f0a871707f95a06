using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Qingyuan.Platform.Shared.Persistence;

/// <summary>A context built of other parts has another model: without this the first one of the process would be taken for all.</summary>
internal sealed class PartsModelKey : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (context.GetType(), designTime, (context as QingyuanDb)?.PartNames);
}
