using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Qingyuan.Platform.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Forwarding : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "forward_consent",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TargetId = table.Column<Guid>(type: "uuid", nullable: false),
                    FileName = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Content = table.Column<byte[]>(type: "bytea", nullable: false),
                    UploadedBy = table.Column<string>(type: "text", nullable: false),
                    UploadedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_forward_consent", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "forward_position",
                columns: table => new
                {
                    TargetId = table.Column<Guid>(type: "uuid", nullable: false),
                    Batch = table.Column<long>(type: "bigint", nullable: false),
                    Ordinal = table.Column<int>(type: "integer", nullable: false),
                    Delivered = table.Column<long>(type: "bigint", nullable: false),
                    LeftOut = table.Column<long>(type: "bigint", nullable: false),
                    Through = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_forward_position", x => x.TargetId);
                });

            migrationBuilder.CreateTable(
                name: "forward_station",
                columns: table => new
                {
                    TargetId = table.Column<Guid>(type: "uuid", nullable: false),
                    StationNo = table.Column<int>(type: "integer", nullable: false),
                    TargetMn = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    Password = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_forward_station", x => new { x.TargetId, x.StationNo });
                });

            migrationBuilder.CreateTable(
                name: "forward_target",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Kind = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Host = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    Port = table.Column<int>(type: "integer", nullable: false),
                    Tls = table.Column<bool>(type: "boolean", nullable: false),
                    CertificateSha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    Edition = table.Column<int>(type: "integer", nullable: false),
                    ByteExact = table.Column<bool>(type: "boolean", nullable: false),
                    WantsReply = table.Column<bool>(type: "boolean", nullable: false),
                    Window = table.Column<int>(type: "integer", nullable: false),
                    GapMilliseconds = table.Column<int>(type: "integer", nullable: false),
                    Commands = table.Column<string>(type: "text", nullable: false),
                    Key = table.Column<byte[]>(type: "bytea", nullable: true),
                    Enabled = table.Column<bool>(type: "boolean", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_forward_target", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_forward_consent_TargetId",
                table: "forward_consent",
                column: "TargetId");

            migrationBuilder.CreateIndex(
                name: "IX_forward_target_Name",
                table: "forward_target",
                column: "Name",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "forward_consent");

            migrationBuilder.DropTable(
                name: "forward_position");

            migrationBuilder.DropTable(
                name: "forward_station");

            migrationBuilder.DropTable(
                name: "forward_target");
        }
    }
}
