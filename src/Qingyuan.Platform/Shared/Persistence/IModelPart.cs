using Microsoft.EntityFrameworkCore;

namespace Qingyuan.Platform.Shared.Persistence;

/// <summary>One slice's tables.</summary>
public interface IModelPart
{
    void Build(ModelBuilder model);
}
