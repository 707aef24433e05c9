package dev.migrate.applications.kotlin.refused

import dev.migrate.Migration
import dev.migrate.MigrationAction
import org.springframework.jdbc.core.JdbcTemplate
import org.springframework.transaction.annotation.Transactional

@Migration("0001", environments = ["object"])
object Singleton : MigrationAction {
    override fun migrate() = Unit
}

class Outer {
    @Migration("0001", environments = ["companion"])
    companion object : MigrationAction {
        override fun migrate() = Unit
    }

    @Migration("0001", environments = ["inner"])
    inner class Inner : MigrationAction {
        override fun migrate() = Unit
    }
}

@JvmInline
@Migration("0001", environments = ["value-class"])
value class Value(val jdbc: JdbcTemplate) : MigrationAction {
    override fun migrate() = Unit
}

@Migration("0001", environments = ["enum"])
enum class Constants : MigrationAction {
    ONE {
        override fun migrate() = Unit
    },
}

@Migration("0001", environments = ["final-class"])
class FinalClass : MigrationAction {
    @Transactional
    override fun migrate() = Unit
}

@Transactional
@Migration("0001", environments = ["data-class"])
data class DataClass(val jdbc: JdbcTemplate) : MigrationAction {
    override fun migrate() = Unit
}

@Transactional
@Migration("0001", environments = ["final-method"])
open class FinalMethod : MigrationAction {
    final override fun migrate() = Unit
}

@Migration("0001", environments = ["two-constructors"])
class TwoConstructors(val jdbc: JdbcTemplate) : MigrationAction {
    constructor() : this(JdbcTemplate())

    override fun migrate() = Unit
}
