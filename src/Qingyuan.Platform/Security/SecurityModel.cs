using Microsoft.EntityFrameworkCore;
using Qingyuan.Platform.Security.Accounts;
using Qingyuan.Platform.Security.Secrets;
using Qingyuan.Platform.Security.SignIn;
using Qingyuan.Platform.Security.Tokens;
using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Security;

internal sealed class SecurityModel : IModelPart
{
    public void Build(ModelBuilder model)
    {
        model.Entity<AccountRow>(account =>
        {
            account.ToTable("account").HasKey(row => row.Id);
            account.HasIndex(row => row.NormalizedName).IsUnique();
            account.Property(row => row.SecurityStamp).IsConcurrencyToken();
        });
        model.Entity<SessionRow>(session =>
        {
            session.ToTable("account_session").HasKey(row => row.Id);
            session.HasOne<AccountRow>().WithMany().HasForeignKey(row => row.AccountId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<TokenRow>(token =>
        {
            token.ToTable("api_token").HasKey(row => row.Id);
            token.HasIndex(row => row.Digest).IsUnique();
        });
        model.Entity<ProtectionKeyRow>().ToTable("data_protection_key").HasKey(row => row.Id);
    }
}
